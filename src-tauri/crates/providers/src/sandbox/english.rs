//! The sandbox's English. Phrases only; they promise nothing a brand would have to keep.

use super::phrases::{Phrases, Tone, Tongue};

pub(super) static TONGUE: Tongue = Tongue {
    thanks: THANKS,
    sale: SALE,
    event: EVENT,
    launch: LAUNCH,
    welcome: WELCOME,
    general: GENERAL,
    tones: TONES,
    other_tone: "On a {} note: ",
    default_topic: "something worth your while",
    things: &[
        ("shoe", "pair"),
        ("sneaker", "pair"),
        ("boots", "pair"),
        ("book", "read"),
        ("trip", "trip"),
        ("", "find"),
    ],
    greeting: "Hi {},",
    link: "Find out more at {}",
    mention: "Don't forget: {}.",
    third_person: &[
        ("we", "they"),
        ("we're", "they're"),
        ("our", "their"),
        ("ours", "theirs"),
        ("us", "them"),
        ("i", "they"),
        ("i'm", "they're"),
        ("my", "their"),
        ("me", "them"),
        ("you", "they"),
        ("your", "their"),
    ],
};

const THANKS: Phrases = Phrases {
    titles: [
        "Thank you: {topic}",
        "{Topic}: this one is for you",
        "With all our thanks: {topic}",
        "A big thank you: {topic}",
    ],
    openings: [
        "Thank you. Two small words, and we mean them: {topic}.",
        "Some words cannot be said too often. Thank you: {topic}.",
        "This one is for you: {topic}.",
    ],
    bodies: [
        "Everything we do starts with the people we do it for. You ask, you try, you tell us what you think, and that is how we get better.",
        "A good year is made of small moments, and many of ours had you in them.",
        "You could have gone anywhere and you came to us. That is not something we take for granted.",
    ],
    closings: ["Thank you for being here.", "Here's to what comes next.", "We couldn't do it without you."],
    items: [
        "{Topic}: thank you",
        "For every question that made us think",
        "For every idea you shared",
        "For your trust, day after day",
        "For what comes next",
    ],
    buttons: ["Say hello", "See what's next", "Stay in touch"],
};

const SALE: Phrases = Phrases {
    titles: [
        "{Topic}: your next favourite {thing} is here",
        "{Topic}: more to love, less to pay",
        "Good things, better prices: {topic}",
        "Now on: {topic}",
    ],
    openings: [
        "It's here: {topic}.",
        "Some things are worth the wait, and this is one of them: {topic}.",
        "Your favourites just got easier to say yes to: {topic}.",
    ],
    bodies: [
        "We picked what people come back for and took the price down, not the quality. The best ones go first, so early birds choose from everything.",
        "Whether you are replacing an old companion or trying something new, you will find it here for less. Take your time, compare, and go with the one that makes you smile.",
        "Think of it as a head start on the season: the same care in every detail, a friendlier number on the tag.",
    ],
    closings: [
        "Have a look today and find yours.",
        "See what's waiting for you.",
        "Pick your favourite before somebody else does.",
    ],
    items: [
        "{Topic}, all in one place",
        "Favourites at friendlier prices",
        "Fresh picks for every taste",
        "Easy to compare, easy to choose",
        "Only while it lasts",
    ],
    buttons: ["Shop the sale", "See the offers", "Find your favourite"],
};

const EVENT: Phrases = Phrases {
    titles: [
        "{Topic}: save your seat",
        "You're invited: {topic}",
        "Join us: {topic}",
        "{Topic}: see you there",
    ],
    openings: [
        "You're invited: {topic}.",
        "Mark your calendar for {topic}.",
        "Good company, fresh ideas and time well spent: {topic}.",
    ],
    bodies: [
        "Expect practical ideas you can use the next morning, people who enjoy the same questions as you, and plenty of room for yours.",
        "We kept the programme short and the conversations long, so that everyone leaves with something new.",
        "Come with a question, leave with an answer, and meet the people who found it before you.",
    ],
    closings: [
        "Save your seat now.",
        "We look forward to seeing you.",
        "Places are limited, so sign up today.",
    ],
    items: [
        "{Topic}, live",
        "Ideas you can use the next day",
        "Time for your own questions",
        "People worth meeting",
        "Notes and recording afterwards",
    ],
    buttons: ["Save your seat", "Sign up now", "Join us"],
};

const LAUNCH: Phrases = Phrases {
    titles: ["Meet {topic}", "{Topic}: it's finally here", "Just arrived: {topic}", "{Topic}: a closer look"],
    openings: [
        "Say hello to {topic}.",
        "The wait is over: {topic}.",
        "We have been looking forward to showing you this: {topic}.",
    ],
    bodies: [
        "Every detail started with something you told us, and every choice was made to keep things simple. The result feels familiar from the first moment and better with each day.",
        "It does the everyday things well and the hard things calmly, so you can get on with yours.",
        "We took our time, asked a lot of questions, and kept only what earned its place.",
    ],
    closings: ["Be among the first to try it.", "Take a closer look.", "Discover what's new."],
    items: [
        "{Topic}, made with you in mind",
        "Thoughtful down to the details",
        "Simple from the first minute",
        "Ready when you are",
        "Built to last",
    ],
    buttons: ["Discover more", "Take a look", "Try it first"],
};

const WELCOME: Phrases = Phrases {
    titles: [
        "Welcome: {topic}",
        "{Topic}: glad you're here",
        "Hello and welcome: {topic}",
        "{Topic}: here's to a good start",
    ],
    openings: [
        "Welcome, and thank you for joining us: {topic}.",
        "We're so glad you're here: {topic}.",
        "Hello! Here is everything you need to get started: {topic}.",
    ],
    bodies: [
        "In the next few days we will show you around, one short message at a time. No homework, just the things people wish they had known on day one.",
        "Take a look around, make yourself comfortable, and tell us what you would like to see more of.",
        "You will hear from us when there is something worth your time, and not otherwise.",
    ],
    closings: [
        "Let's get started.",
        "If you have a question, just reply: a person will answer.",
        "Make yourself at home.",
    ],
    items: [
        "{Topic}, step by step",
        "A quick tour to get you going",
        "Tips from people who have been there",
        "Help whenever you need it",
        "Good news before everyone else",
    ],
    buttons: ["Get started", "Take the tour", "Make it yours"],
};

const GENERAL: Phrases = Phrases {
    titles: [
        "{Topic}: what you need to know",
        "A fresh look at {topic}",
        "{Topic}, made simple",
        "Discover {topic}",
    ],
    openings: [
        "Let's talk about {topic}.",
        "There is more to {topic} than meets the eye.",
        "Here is a fresh look at {topic}.",
    ],
    bodies: [
        "We gathered what matters most and left out the rest, so you can get to the point in a minute. Small steps make a big difference, and the first one is easy.",
        "Good things happen when you have the right idea at the right time. This one is simple to start with and rewarding to keep.",
        "It begins with what you already know and goes one step further, at your own pace.",
    ],
    closings: ["Find out more today.", "See how it works for you.", "We think you'll like where this goes."],
    items: [
        "{Topic}, explained simply",
        "What matters most, at a glance",
        "Small steps with a big effect",
        "Ideas you can use today",
        "Made to fit your pace",
    ],
    buttons: ["Find out more", "Learn more", "See how"],
};

const TONES: &[Tone] = &[
    Tone {
        asked_by: &["friend", "warm", "informal", "casual", "amichevol", "cordial"],
        line: ["Good news: ", "Just for you: "],
        paragraph: [
            "Good news, and we wanted you to hear it first! ",
            "Hi there! We saved this one for you. ",
        ],
        button: "Yes, {}",
    },
    Tone {
        asked_by: &["formal", "profession"],
        line: ["We are pleased to present: ", "An announcement: "],
        paragraph: [
            "We are pleased to share the following with you. ",
            "We would like to bring this to your attention. ",
        ],
        button: "{}",
    },
    Tone {
        asked_by: &["urgen"],
        line: ["Last call: ", "Don't wait: "],
        paragraph: ["Don't wait: this is the moment. ", "Time is short, so we'll be brief. "],
        button: "{} now",
    },
    Tone {
        asked_by: &["playful", "fun", "humor", "divertent", "scherzos", "ironic"],
        line: ["Guess what? ", "Drum roll, please: "],
        paragraph: ["Drum roll, please! ", "Psst, over here! "],
        button: "{} 🎉",
    },
    Tone {
        asked_by: &["persuasi", "bold", "confident", "convinc"],
        line: ["No compromise: ", "You deserve it: "],
        paragraph: ["You deserve better than good enough. ", "Here is why it is worth it. "],
        button: "{} today",
    },
];
