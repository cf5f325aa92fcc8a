//! The sandbox's Italian. Phrases only; they promise nothing a brand would have to keep.

use super::phrases::{Phrases, Tone, Tongue};

pub(super) static TONGUE: Tongue = Tongue {
    thanks: THANKS,
    sale: SALE,
    event: EVENT,
    launch: LAUNCH,
    welcome: WELCOME,
    general: GENERAL,
    tones: TONES,
    other_tone: "In tono {}: ",
    default_topic: "qualcosa che vale la pena scoprire",
    things: &[("scarp", "paio"), ("stival", "paio"), ("sandal", "paio"), ("", "acquisto")],
    greeting: "Ciao {},",
    link: "Scopri di più su {}",
    mention: "Da non dimenticare: {}.",
    third_person: &[
        ("noi", "loro"),
        ("nostro", "loro"),
        ("nostra", "loro"),
        ("nostri", "loro"),
        ("nostre", "loro"),
        ("siamo", "sono"),
        ("abbiamo", "hanno"),
        ("mio", "suo"),
        ("mia", "sua"),
        ("tuo", "suo"),
        ("tua", "sua"),
    ],
};

const THANKS: Phrases = Phrases {
    titles: [
        "Grazie: {topic}",
        "{Topic}: questo è per voi",
        "Con tutta la nostra gratitudine: {topic}",
        "Un grande grazie: {topic}",
    ],
    openings: [
        "Grazie. Una parola piccola, detta con il cuore: {topic}.",
        "Certe parole non si dicono mai abbastanza. Grazie: {topic}.",
        "Questo messaggio ha un destinatario speciale: {topic}.",
    ],
    bodies: [
        "Tutto quello che facciamo comincia dalle persone per cui lo facciamo. Domande, prove, opinioni: è così che miglioriamo.",
        "Un buon anno è fatto di piccoli momenti, e molti dei nostri li abbiamo vissuti insieme.",
        "La scelta era ampia, ed è caduta su di noi. Non lo diamo per scontato.",
    ],
    closings: ["Grazie di cuore.", "A tutto quello che verrà.", "Senza di voi non sarebbe lo stesso."],
    items: [
        "{Topic}: grazie",
        "Per ogni domanda che ci ha fatto pensare",
        "Per ogni idea condivisa",
        "Per la fiducia, giorno dopo giorno",
        "Per quello che verrà",
    ],
    buttons: ["Scrivici", "Scopri che cosa arriva", "Resta in contatto"],
};

const SALE: Phrases = Phrases {
    titles: [
        "{Topic}: il tuo prossimo {thing} ti aspetta",
        "{Topic}: ami di più, spendi meno",
        "Belle cose, prezzi migliori: {topic}",
        "Da oggi: {topic}",
    ],
    openings: [
        "Ci siamo: {topic}.",
        "Certe cose meritano l'attesa, e questa è una di quelle: {topic}.",
        "Dire di sì non è mai stato così facile: {topic}.",
    ],
    bodies: [
        "Abbiamo scelto ciò che piace di più e abbassato il prezzo, non la qualità. I pezzi migliori vanno via per primi: chi arriva presto sceglie tra tutto.",
        "Che tu voglia sostituire un vecchio compagno di strada o provare qualcosa di nuovo, qui lo trovi a meno. Prenditi il tempo di confrontare e scegli quello che ti fa sorridere.",
        "È un modo per anticipare la stagione: la stessa cura in ogni dettaglio, un numero più gentile sul cartellino.",
    ],
    closings: [
        "Dai un'occhiata oggi stesso.",
        "Guarda che cosa ti aspetta.",
        "Scegli il tuo preferito prima degli altri.",
    ],
    items: [
        "{Topic}, tutto in un solo posto",
        "I preferiti a prezzi più gentili",
        "Scelte fresche per ogni gusto",
        "Facile da confrontare, facile da scegliere",
        "Solo finché dura",
    ],
    buttons: ["Scopri le offerte", "Acquista ora", "Trova il tuo"],
};

const EVENT: Phrases = Phrases {
    titles: [
        "{Topic}: riserva il tuo posto",
        "Sei tra gli invitati: {topic}",
        "Ti aspettiamo: {topic}",
        "{Topic}: ci vediamo lì",
    ],
    openings: [
        "Ti invitiamo: {topic}.",
        "Segna la data in agenda: {topic}.",
        "Buona compagnia, idee nuove e tempo ben speso: {topic}.",
    ],
    bodies: [
        "Troverai spunti pratici da usare già il giorno dopo, persone che si fanno le tue stesse domande e tutto lo spazio per le tue.",
        "Abbiamo tenuto breve il programma e lunghe le conversazioni, perché ognuno torni a casa con qualcosa di nuovo.",
        "Vieni con una domanda, riparti con una risposta e conosci chi l'ha trovata prima di te.",
    ],
    closings: [
        "Riserva subito il tuo posto.",
        "Non vediamo l'ora di incontrarti.",
        "I posti sono limitati: iscriviti oggi.",
    ],
    items: [
        "{Topic}, dal vivo",
        "Idee da usare già domani",
        "Tempo per le tue domande",
        "Persone che vale la pena conoscere",
        "Appunti e registrazione dopo l'incontro",
    ],
    buttons: ["Riserva il posto", "Iscriviti ora", "Partecipa"],
};

const LAUNCH: Phrases = Phrases {
    titles: [
        "Ecco a te: {topic}",
        "{Topic}: finalmente ci siamo",
        "Appena arrivato: {topic}",
        "{Topic}: da vicino",
    ],
    openings: [
        "Ti presentiamo {topic}.",
        "L'attesa è finita: {topic}.",
        "Non vedevamo l'ora di mostrartelo: {topic}.",
    ],
    bodies: [
        "Ogni dettaglio nasce da qualcosa che ci hai raccontato, e ogni scelta serve a rendere le cose semplici. Il risultato è familiare dal primo momento e migliora ogni giorno.",
        "Fa bene le cose di tutti i giorni e con calma quelle difficili, così tu puoi pensare alle tue.",
        "Ci siamo presi il tempo, abbiamo fatto tante domande e tenuto solo ciò che merita il suo posto.",
    ],
    closings: ["Prova tra i primi.", "Guarda più da vicino.", "Scopri le novità."],
    items: [
        "{Topic}, pensando a te",
        "Curato fin nei dettagli",
        "Semplice dal primo minuto",
        "Pronto quando vuoi tu",
        "Fatto per durare",
    ],
    buttons: ["Scopri di più", "Guarda ora", "Prova tra i primi"],
};

const WELCOME: Phrases = Phrases {
    titles: [
        "Ti diamo il benvenuto: {topic}",
        "{Topic}: che bello averti qui",
        "Ciao e buon inizio: {topic}",
        "{Topic}: si comincia bene",
    ],
    openings: [
        "Ti diamo il benvenuto e ti ringraziamo: {topic}.",
        "Che bello averti con noi: {topic}.",
        "Ciao! Ecco tutto quello che serve per cominciare: {topic}.",
    ],
    bodies: [
        "Nei prossimi giorni ti mostreremo tutto, un breve messaggio alla volta. Niente compiti: solo le cose che tutti avrebbero voluto sapere dal primo giorno.",
        "Guardati intorno, mettiti comodo e raccontaci che cosa vorresti vedere più spesso.",
        "Ti scriveremo quando ci sarà qualcosa che merita il tuo tempo, e non di più.",
    ],
    closings: [
        "Cominciamo insieme.",
        "Se hai una domanda, rispondi pure: ti scriverà una persona.",
        "Fai come a casa tua.",
    ],
    items: [
        "{Topic}, passo dopo passo",
        "Un breve giro per cominciare",
        "I consigli di chi c'è già passato",
        "Aiuto ogni volta che serve",
        "Le buone notizie prima degli altri",
    ],
    buttons: ["Comincia ora", "Fai il giro", "Inizia da qui"],
};

const GENERAL: Phrases = Phrases {
    titles: [
        "{Topic}: che cosa c'è da sapere",
        "Uno sguardo nuovo: {topic}",
        "{Topic}, in modo semplice",
        "Scopri di più: {topic}",
    ],
    openings: [
        "Parliamone: {topic}.",
        "C'è di più di quanto sembri: {topic}.",
        "Ecco uno sguardo nuovo: {topic}.",
    ],
    bodies: [
        "Abbiamo raccolto ciò che conta e lasciato fuori il resto, così arrivi al punto in un minuto. I piccoli passi fanno una grande differenza, e il primo è facile.",
        "Le cose belle accadono quando l'idea giusta arriva al momento giusto. Questa è semplice da cominciare e piacevole da continuare.",
        "Si parte da ciò che sai già e si fa un passo in più, con il tuo ritmo.",
    ],
    closings: ["Scopri di più oggi.", "Guarda come può funzionare per te.", "Crediamo che ti piacerà."],
    items: [
        "{Topic}, spiegato in modo semplice",
        "Ciò che conta, a colpo d'occhio",
        "Piccoli passi, grande effetto",
        "Idee da usare già oggi",
        "Con il tuo ritmo",
    ],
    buttons: ["Scopri di più", "Leggi tutto", "Guarda come"],
};

const TONES: &[Tone] = &[
    Tone {
        asked_by: &["friend", "warm", "informal", "casual", "amichevol", "cordial"],
        line: ["Buone notizie: ", "Solo per te: "],
        paragraph: [
            "Buone notizie, e volevamo dirtele per primi! ",
            "Ciao! Questa l'abbiamo tenuta per te. ",
        ],
        button: "Sì, {}",
    },
    Tone {
        asked_by: &["formal", "profession"],
        line: ["Siamo lieti di presentare: ", "Un annuncio: "],
        paragraph: [
            "Siamo lieti di condividere quanto segue. ",
            "Desideriamo portare alla Sua attenzione quanto segue. ",
        ],
        button: "{}",
    },
    Tone {
        asked_by: &["urgen"],
        line: ["Ultima chiamata: ", "Non aspettare: "],
        paragraph: ["Non aspettare: è il momento giusto. ", "Il tempo è poco, quindi saremo brevi. "],
        button: "{} subito",
    },
    Tone {
        asked_by: &["playful", "fun", "humor", "divertent", "scherzos", "ironic"],
        line: ["Indovina un po'? ", "Rullo di tamburi: "],
        paragraph: ["Rullo di tamburi! ", "Ehi, da questa parte! "],
        button: "{} 🎉",
    },
    Tone {
        asked_by: &["persuasi", "bold", "confident", "convinc"],
        line: ["Senza compromessi: ", "Te lo meriti: "],
        paragraph: ["Meriti più di un \"va bene così\". ", "Ecco perché ne vale la pena. "],
        button: "{} oggi",
    },
];
