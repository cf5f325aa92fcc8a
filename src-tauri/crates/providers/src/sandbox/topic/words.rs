//! The words by which `topic.rs` takes a prompt apart, English and Italian together: blank-separated lists.

/// Words before an order.
pub(super) const POLITE: &str = "\
    please can could would you i we need want like help me us hi hey hello to per favore puoi potresti \
    vorrei voglio ho bisogno di mi ci aiutami ciao";
/// What begins a question whose rest is the topic.
pub(super) const ASKING: &str = "what which what's are is quali sono qual è cos'è";
/// Words that order a text.
pub(super) const ORDERS: &str = "\
    write create generate draft compose give suggest prepare propose make scrivi scrivere scrivimi \
    crea creare genera componi prepara proponi dammi suggerisci suggeriscimi proponimi";
/// Words that say what the text is to do with its topic, which follows them.
pub(super) const ACTS: &str = "\
    announce promote introduce present advertise describe celebrate explain launch thank announces \
    promotes introduces presents describes celebrates explains announcing promoting introducing \
    presenting describing celebrating explaining annuncia promuovi promuove presenta descrivi descrive \
    celebra spiega racconta annunciare promuovere presentare descrivere celebrare spiegare raccontare \
    lanciare ringrazia ringraziare";
/// Words whose topic follows a "to": "invite people to our party".
pub(super) const CALLS: &str = "invite welcome invita accogli";
/// What leads to the topic from anywhere.
pub(super) const STRONG: &str = "about regarding su sul sulla sullo sui sugli sulle riguardo";
/// What leads to the topic right after the name of a block.
pub(super) const MARKERS: &str = "\
    about regarding su sul sulla sullo sui sugli sulle riguardo for on of to that per di del della dei \
    delle che a al alla";
/// What people call the thing they order.
pub(super) const BLOCKS: &str = "\
    title titles headline heading subject line paragraph paragraphs text copy list bullet bullets \
    points items benefits reasons button label cta action email mail newsletter message intro \
    introduction invitation note titolo titoli oggetto paragrafo paragrafi testo lista elenco punti \
    vantaggi motivi pulsante bottone etichetta messaggio introduzione invito benvenuto ringraziamento \
    biglietto";
/// Words a topic does not begin with.
pub(super) const LEADING: &str = "\
    a an the our my your this these some its il lo la i gli le un uno una nostro nostra nostri nostre \
    mio mia miei mie tuo tua suo sua";
/// Words a topic does not end with.
pub(super) const TRAILING: &str = "for to with and at of on in a the per con e di da su il la";
/// A clause with one of these, begun by one of [`CLAUSES`], is about the style.
pub(super) const STYLE: &str = "\
    tone style voice manner words characters italian english sentences emoji tono stile italiano \
    inglese parole caratteri frasi";
/// What begins a clause about the style, or of something else.
pub(super) const CLAUSES: &str = "in with using max under con usando massimo";
