//! Makes the hostile vectors, always the same ones. What the product's own sealing never writes is sealed here by
//! `hazmat`, header by header.

use super::*;

const KEY: &str = "sk-frozen-0123456789abcdefghijklmnopqrstuv";
const MASTER: [u8; 64] = [0x51; 64];
const NONCE: [u8; NONCE_LEN] = [0xa7; NONCE_LEN];
const RECORD: u128 = 0x01a2_077d_e727_74b3_892a_8b87_567d_fc17;
const APPLICATION: u128 = 0x01a2_077d_e727_74b3_892a_8b88_1ce6_0a79;
const ORIGIN: &str = "https://api.openai.com:443";

fn uuid(number: u128) -> String {
    uuid::Uuid::from_u128(number).to_string()
}

/// The well-formed case that all others are changed from.
fn base(name: &str) -> Case {
    Case {
        name: name.to_owned(),
        expect: "damaged".to_owned(),
        key: None,
        vault_key: STANDARD.encode(MASTER),
        key_version: 7,
        row_version: 7,
        record: uuid(RECORD),
        application: uuid(APPLICATION),
        kind: "openai".to_owned(),
        upstream_origin: ORIGIN.to_owned(),
        blob: STANDARD.encode(seal_raw(&headers(7), &padded(KEY.as_bytes()))),
    }
}

fn with_blob(name: &str, blob: &[u8]) -> Case {
    Case { blob: STANDARD.encode(blob), ..base(name) }
}

fn opens(key: &str, name: &str) -> Case {
    let blob = seal_raw(&headers(7), &padded(key.as_bytes()));
    Case { expect: "opens".to_owned(), key: Some(key.to_owned()), ..with_blob(name, &blob) }
}

fn headers(version: u64) -> Vec<Vec<u8>> {
    vec![
        LABEL.to_vec(),
        RECORD.to_be_bytes().to_vec(),
        APPLICATION.to_be_bytes().to_vec(),
        b"openai".to_vec(),
        ORIGIN.as_bytes().to_vec(),
        version.to_be_bytes().to_vec(),
        NONCE.to_vec(),
    ]
}

/// Authentic under the sub-key for secrets, whatever is inside.
fn seal_raw(headers: &[Vec<u8>], plain: &[u8]) -> Vec<u8> {
    let key = VaultKey::from_bytes(&MASTER, 7).unwrap().sub_keys().secrets;
    seal_under(&key, headers, plain)
}

fn seal_under(key: &[u8; 64], headers: &[Vec<u8>], plain: &[u8]) -> Vec<u8> {
    let headers: Vec<&[u8]> = headers.iter().map(Vec::as_slice).collect();
    [&[FORMAT], NONCE.as_slice(), &hazmat::encrypt(key, &headers, plain).unwrap()].concat()
}

/// A length, `key`, and zeros up to 64 bytes.
fn padded(key: &[u8]) -> Vec<u8> {
    framed(u16::try_from(key.len()).unwrap(), key)
}

fn framed(length: u16, inside: &[u8]) -> Vec<u8> {
    let mut plain = [&length.to_be_bytes(), inside].concat();
    plain.resize(plain.len().next_multiple_of(PAD), 0);
    plain
}

pub(super) fn all() -> Vec<Case> {
    let parts = [well_formed(), cut_and_grown(), flipped(), moved(), versions(), exchanged()];
    parts.into_iter().flatten().chain(other_schemes()).chain(ill_formed_inside()).collect()
}

fn well_formed() -> Vec<Case> {
    let lengths = [1, 61, 62, 63, 126, 127, 4096].map(|n| opens(&"k".repeat(n), &format!("key of {n}")));
    let alphabet: String = ('!'..='~').collect();
    [opens(KEY, "as sealed"), opens(&alphabet, "key of every visible character")]
        .into_iter()
        .chain(lengths)
        .collect()
}

fn cut_and_grown() -> Vec<Case> {
    let whole = seal_raw(&headers(7), &padded(KEY.as_bytes()));
    let two = seal_raw(&headers(7), &padded(&[b'k'; 100]));
    let cuts = [0, 1, 2, 16, 17, 18, 32, 33, 34, 49, 65, 96];
    let cuts = cuts.map(|length| with_blob(&format!("cut to {length} bytes"), &whole[..length]));
    let grown: [(&str, Vec<u8>); 8] = [
        ("one byte too many", [whole.as_slice(), &[0]].concat()),
        ("one zero block too many", [whole.as_slice(), &[0; 64]].concat()),
        ("twice in a row", [whole.as_slice(), &whole].concat()),
        ("oversized: 8 KiB of zeros behind it", [whole.as_slice(), &[0; 8192]].concat()),
        ("oversized: 8 KiB of nothing but the format byte", vec![FORMAT; 8192]),
        ("one byte too many in front", [&[FORMAT], whole.as_slice()].concat()),
        ("two blocks cut to one", two[..two.len() - 64].to_vec()),
        ("first byte missing", whole[1..].to_vec()),
    ];
    let mut cases: Vec<Case> =
        cuts.into_iter().chain(grown.map(|(name, blob)| with_blob(name, &blob))).collect();
    // What now stands first is a byte of the nonce.
    cases.iter_mut().filter(|case| case.name == "first byte missing").for_each(unknown_format);
    cases
}

fn unknown_format(case: &mut Case) {
    "unknown-format".clone_into(&mut case.expect);
}

fn flipped() -> Vec<Case> {
    let whole = seal_raw(&headers(7), &padded(KEY.as_bytes()));
    let flip = |name: &str, at: usize, bit: u8| {
        let mut blob = whole.clone();
        blob[at] ^= 1 << bit;
        with_blob(&format!("{name}: bit {bit} of byte {at}"), &blob)
    };
    let format = (0..8).map(|bit| {
        let mut case = flip("format", 0, bit);
        unknown_format(&mut case);
        case
    });
    // Bits 7 of bytes 25 and 29: the two of the SIV that its use as a counter leaves out.
    let rest = [
        ("nonce", 1, 0),
        ("nonce", 9, 4),
        ("nonce", 16, 7),
        ("SIV", 17, 0),
        ("SIV", 25, 7),
        ("SIV", 29, 7),
        ("SIV", 32, 0),
        ("length", 33, 0),
        ("length", 34, 0),
        ("key", 35, 5),
        ("padding", whole.len() - 1, 0),
    ];
    format.chain(rest.map(|(name, at, bit)| flip(name, at, bit))).collect()
}

fn moved() -> Vec<Case> {
    let origins = [
        ("scheme", "http://api.openai.com:443"),
        ("port", "https://api.openai.com:8443"),
        ("no port", "https://api.openai.com"),
        ("host", "https://evil.example:443"),
        ("longer host", "https://api.openai.com.evil.example:443"),
        ("subdomain", "https://x.api.openai.com:443"),
        ("trailing dot", "https://api.openai.com.:443"),
        ("capitals", "https://API.openai.com:443"),
        ("user information", "https://api.openai.com:443@evil.example:443"),
        ("path", "https://api.openai.com:443/v1"),
        ("zero byte", "https://api.openai.com:443\0"),
        ("nothing", ""),
    ];
    let origins = origins.map(|(what, origin)| Case {
        upstream_origin: origin.to_owned(),
        ..base(&format!("moved to an origin of another {what}"))
    });
    let others = [
        Case { record: uuid(RECORD + 1), ..base("moved to another record") },
        Case { record: uuid(0), ..base("moved to the nil record") },
        Case { application: uuid(APPLICATION + 1), ..base("moved to another application") },
        Case {
            application: uuid(RECORD),
            record: uuid(APPLICATION),
            ..base("record and application exchanged")
        },
        Case { kind: "anthropic".to_owned(), ..base("moved to another kind") },
        Case { kind: "openai-compatible".to_owned(), ..base("moved to a kind that begins the same") },
        Case {
            kind: "openaih".to_owned(),
            upstream_origin: ORIGIN[1..].to_owned(),
            ..base("a letter moved from the origin to the kind")
        },
    ];
    origins.into_iter().chain(others).collect()
}

fn versions() -> Vec<Case> {
    let other = |mut case: Case| {
        "other-version".clone_into(&mut case.expect);
        case
    };
    vec![
        other(Case { row_version: 6, ..base("row of the version before") }),
        other(Case { row_version: 8, ..base("row of the version after") }),
        other(Case { row_version: 0, ..base("row of version 0") }),
        other(Case { row_version: u32::MAX, ..base("row of the last version") }),
        other(Case { blob: String::new(), row_version: 6, ..base("empty, and of another version") }),
        Case { key_version: 8, row_version: 8, ..base("row and vault key relabelled") },
        Case { vault_key: STANDARD.encode([0x52; 64]), ..base("another vault key of the same version") },
        with_blob("sealed for another version, labelled as this one", &{
            seal_raw(&headers(6), &padded(KEY.as_bytes()))
        }),
    ]
}

fn exchanged() -> Vec<Case> {
    let whole = seal_raw(&headers(7), &padded(KEY.as_bytes()));
    let mut theirs = headers(7);
    theirs[1] = (RECORD + 1).to_be_bytes().to_vec();
    let other = seal_raw(&theirs, &padded(b"sk-of-another-record"));
    let two = seal_raw(&headers(7), &padded(&[b'k'; 100]));
    let end = two.len();
    vec![
        with_blob("the blob of another record", &other),
        with_blob("another record's SIV", &[&whole[..17], &other[17..33], &whole[33..]].concat()),
        with_blob("another record's cipher text", &[&whole[..33], &other[33..]].concat()),
        with_blob(
            "nonce and SIV exchanged",
            &[&whole[..1], &whole[17..33], &whole[1..17], &whole[33..]].concat(),
        ),
        with_blob("its two blocks exchanged", &[&two[..33], &two[end - 64..], &two[33..end - 64]].concat()),
        with_blob("plain text in place of cipher text", &[&whole[..33], &padded(KEY.as_bytes())].concat()),
    ]
}

/// Sealed with the right key by a scheme that is nearly ours.
fn other_schemes() -> Vec<Case> {
    let plain = padded(KEY.as_bytes());
    let changed = |name: &str, change: &dyn Fn(&mut Vec<Vec<u8>>)| {
        let mut list = headers(7);
        change(&mut list);
        with_blob(name, &seal_raw(&list, &plain))
    };
    vec![
        changed("label of another use", &|list| list[0] = b"addon-console/export/v1".to_vec()),
        changed("label of another version", &|list| list[0] = b"addon-console/secret/v2".to_vec()),
        changed("no label", &|list| drop(list.remove(0))),
        changed("no nonce among the headers", &|list| drop(list.pop())),
        changed("no origin among the headers", &|list| drop(list.remove(4))),
        changed("an empty header more", &|list| list.push(Vec::new())),
        changed("headers in one", &|list| *list = vec![list.concat()]),
        changed("headers in another order", &|list| list.swap(3, 4)),
        changed("version in four bytes", &|list| list[5] = 7_u32.to_be_bytes().to_vec()),
        changed("version in little endian", &|list| list[5] = 7_u64.to_le_bytes().to_vec()),
        changed("record as text", &|list| list[1] = uuid(RECORD).into_bytes()),
        with_blob("sealed under the vault key itself", &seal_under(&MASTER, &headers(7), &plain)),
        with_blob("sealed under a sub-key of another use", &{
            let key = hazmat::derive(&MASTER, "addon-console/sub-key/audit/v1");
            seal_under(&key, &headers(7), &plain)
        }),
    ]
}

/// Authentic, and no key inside.
fn ill_formed_inside() -> Vec<Case> {
    let length = u16::try_from(KEY.len()).unwrap();
    let key = KEY.as_bytes();
    let last_byte_set = {
        let mut plain = padded(key);
        plain[63] = 1;
        plain
    };
    let text = |what: &[u8]| padded(what);
    let plains: Vec<(&str, Vec<u8>)> = vec![
        ("nothing", vec![]),
        ("half a length", vec![0]),
        ("a length and no more", vec![0, 0]),
        ("no padding", [&length.to_be_bytes(), key].concat()),
        ("a byte short of a block", padded(key)[..63].to_vec()),
        ("a byte more than a block", [padded(key), vec![0]].concat()),
        ("a block of zeros too many", [padded(key), vec![0; 64]].concat()),
        ("padding that ends in one", last_byte_set),
        ("padding that begins with a letter", framed(length - 1, key)),
        ("padding in the manner of PKCS 7", [&length.to_be_bytes(), key, &[20; 20]].concat()),
        ("length one beyond the end", framed(63, &[b'k'; 62])),
        ("length far beyond the end", framed(u16::MAX, key)),
        ("length of zero", framed(0, &[])),
        ("length of zero before a key", framed(0, key)),
        ("length in little endian", framed(length.swap_bytes(), key)),
        ("nothing but zeros", vec![0; 64]),
        ("a key longer than any", text(&[b'k'; 4097])),
        ("a key with a space", text(b"sk-frozen 0123456789")),
        ("a key with a space before it", text(b" sk-frozen-0123456789")),
        ("a key with a line end behind it", text(b"sk-frozen-0123456789\n")),
        ("two lines", text(b"sk-frozen\r\nHost: evil.example")),
        ("a key with a zero byte", text(b"sk-frozen\x000123456789")),
        ("a key with a delete character", text(b"sk-frozen\x7f0123456789")),
        ("a key with an umlaut", text("sk-fröhlich-0123456789".as_bytes())),
        ("a key that is not UTF-8", text(b"sk-frozen-\xff\xfe-0123456789")),
        ("spaces only", text(b"   ")),
    ];
    let sealed = |(name, plain): (&str, Vec<u8>)| {
        with_blob(&format!("authentic, inside: {name}"), &seal_raw(&headers(7), &plain))
    };
    plains.into_iter().map(sealed).collect()
}
