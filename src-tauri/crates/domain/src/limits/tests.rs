use super::*;

fn at(text: &str) -> Timestamp {
    Timestamp(text.parse::<jiff::Timestamp>().unwrap().as_millisecond())
}

#[test]
fn windows_are_calendar_days_and_months_in_utc() {
    let (eve, new) = (at("2027-12-31T23:59:59.999Z"), at("2028-01-01T00:00:00Z"));
    for period in [Period::Day, Period::Month] {
        assert_eq!(period.window(eve) + 1, period.window(new), "{period:?}");
        assert_eq!(period.ends(eve), Some(new), "{period:?}");
    }
    assert_eq!(Period::Month.ends(at("2028-02-05T12:00:00Z")), Some(at("2028-03-01T00:00:00Z")));
    assert_eq!(Period::Day.ends(new), Some(at("2028-01-02T00:00:00Z")));
    assert_eq!((Period::Total.window(eve), Period::Total.ends(eve)), (0, None));
    // Broken clocks have windows too.
    for odd in [i64::MIN, -1, i64::MAX] {
        for period in Period::ALL {
            let _ = (period.window(Timestamp(odd)), period.ends(Timestamp(odd)));
        }
    }
}

#[test]
fn a_pseudonym_shows_little_of_a_person() {
    assert_eq!(Person([0xab; 16]).to_string(), "u-abababab");
    assert_eq!(format!("{:?}", Whose::One(Person([1; 16]))), "One(u-01010101)");
}

#[test]
fn costs_are_rounded_up_and_never_overflow() {
    let rates = Rates { input: 100_000, output: 500_000, image: 30_000, characters: 25_000_000 };
    assert_eq!(rates.cost(1, 0, 0, 0), 1);
    assert_eq!(rates.cost(1_000_000, 1_000_000, 2, 0), 660_000);
    assert_eq!(rates.cost(0, 0, 0, 1_000), 25_000);
    assert_eq!(rates.cost(u64::MAX, u64::MAX, u64::MAX, u64::MAX), u64::MAX);
}

#[test]
fn an_answer_is_shortened_to_what_is_left_and_refused_below_its_least() {
    let rates = Some(Rates { input: 1_000_000, output: 2_000_000, ..Rates::default() });
    let order = Order { input: 10, output: 100, least: 16, rates, ..Order::default() };
    assert_eq!(order.longest(Unit::Tokens, 200), Some(100));
    assert_eq!(order.longest(Unit::Tokens, 60), Some(50));
    assert_eq!(order.longest(Unit::Tokens, 25), None);
    // 10 for what is sent, 2 for each token of the answer.
    assert_eq!(order.longest(Unit::Money, 60), Some(25));
    assert_eq!(order.longest(Unit::Images, 0), Some(100));
}
