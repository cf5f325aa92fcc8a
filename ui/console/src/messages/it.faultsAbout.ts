// Che cosa fa ogni errore provocato, in italiano. Solo attraverso `it.ts`.
import type { faultsAbout as english } from "./en.faultsAbout";

export const faultsAbout: Record<keyof typeof english, string> = {
  "fault.about.key-rejected": "Il provider non conosce la chiave.",
  "fault.about.key-revoked": "L'account della chiave è stato chiuso, o la chiave ritirata.",
  "fault.about.permission-denied": "La chiave è vera, ma non può fare questo.",
  "fault.about.quota-exhausted":
    "L'account non ha più credito o quota. Non si riprova, anche se alcuni lo dicono con un 429.",
  "fault.about.spending-limit": "Il limite di spesa dell'account è raggiunto.",
  "fault.about.rate-limited": "Troppe richieste, senza dire quando tornare: si riprova, poi si rinuncia.",
  "fault.about.rate-limited-retry-after":
    "Troppe richieste; la risposta dice di tornare fra 20 secondi, troppi per aspettare.",
  "fault.about.overloaded": "Il provider dice di essere sovraccarico.",
  "fault.about.model-unknown": "Il provider non conosce il modello.",
  "fault.about.model-retired": "Il provider ha spento il modello.",
  "fault.about.deployment-unknown": "La risorsa Azure non ha un deployment con questo nome.",
  "fault.about.endpoint-unknown":
    "Il server del provider non conosce l'indirizzo: URL di base o api-version sbagliati.",
  "fault.about.wrong-endpoint": "La chiave appartiene a un altro server di questo provider.",
  "fault.about.region-unsupported": "La funzione non è offerta in questa regione o in questo paese.",
  "fault.about.capability-missing": "Il modello non sa fare ciò che si chiede.",
  "fault.about.parameter-unsupported": "Il modello non accetta uno dei parametri della richiesta.",
  "fault.about.context-too-long": "Il testo è più lungo di quanto il modello può leggere.",
  "fault.about.image-rejected": "Il provider non riesce a leggere l'immagine.",
  "fault.about.language-unsupported": "Il provider non conosce una delle lingue.",
  "fault.about.content-filtered": "Il provider rifiuta il prompt per il suo contenuto.",
  "fault.about.request-rejected": "Il provider trova un errore nella richiesta.",
  "fault.about.request-too-large":
    "Il corpo è più grande di quanto accetta il provider, o un gateway prima di lui.",
  "fault.about.request-timeout": "Il server ha smesso di aspettare la richiesta.",
  "fault.about.server-error": "Il server del provider ha fallito. Si chiede altrove, non si riprova.",
  "fault.about.bad-gateway":
    "Un gateway prima del provider non ha avuto risposta, e lo dice in HTML. Si riprova.",
  "fault.about.service-unavailable": "Un gateway prima del provider non ha a chi chiedere. Si riprova.",
  "fault.about.gateway-timeout": "Un gateway prima del provider ha aspettato troppo.",
  "fault.about.gateway-forbids":
    "Il gateway di un'azienda mostra una sua pagina al posto della risposta del provider.",
  "fault.about.redirect": "Il server manda altrove chi chiama; non lo si segue mai.",
  "fault.about.dns-failure": "Il nome host del provider non è conosciuto.",
  "fault.about.connection-refused": "Nessuno ascolta all'indirizzo del provider.",
  "fault.about.connection-reset": "La connessione finisce prima di ogni risposta.",
  "fault.about.offline": "Questo computer non ha rete.",
  "fault.about.certificate-expired": "Il certificato del server è scaduto.",
  "fault.about.certificate-wrong-host": "Il certificato del server è di un altro host.",
  "fault.about.certificate-unknown-ca":
    "Il certificato del server è firmato da qualcuno di cui questo computer non si fida.",
  "fault.about.tls-failed": "Non si stabilisce una connessione cifrata.",
  "fault.about.corporate-proxy-failed": "Il proxy aziendale non lascia passare la chiamata.",
  "fault.about.no-answer": "La richiesta parte e non torna nulla, finché la console rinuncia.",
  "fault.about.slow-first-byte": "Per 8 secondi non arriva nulla, poi una risposta giusta.",
  "fault.about.slow-drip": "Una risposta giusta in piccoli pezzi, a 400 ms l'uno dall'altro.",
  "fault.about.stall": "La risposta comincia, poi non arriva altro e la connessione resta aperta.",
  "fault.about.cut-stream": "La connessione finisce a metà della risposta.",
  "fault.about.wrong-content-type":
    "Un successo che è una pagina HTML, come la pagina di accesso di una rete.",
  "fault.about.broken-json": "Un successo il cui JSON non finisce; in uno stream, un suo evento.",
  "fault.about.split-utf8": "Una risposta giusta con lettere spezzate fra due pezzi. Deve arrivare intatta.",
  "fault.about.invalid-utf8": "Una risposta con byte che non sono testo.",
  "fault.about.empty-answer": "Un successo senza testo, immagine o traduzione.",
  "fault.about.empty-body": "Un successo senza alcun corpo.",
  "fault.about.very-large-answer": "Una risposta più grande di quanto la console accetta.",
  "fault.about.wrong-length": "La risposta annuncia più byte di quanti ne ha.",
  "fault.about.compressed-reply": "La risposta è compressa senza che fosse chiesto.",
  "fault.about.error-with-ok": "Il corpo di un errore sotto lo stato di un successo.",
  "fault.about.content-filtered-answer":
    "Un successo che dice che la risposta è stata trattenuta per il suo contenuto.",
  "fault.about.unknown-finish-reason":
    "Una risposta giusta che finisce per un motivo che nessuno conosce. Deve arrivare intatta.",
  "fault.about.answer-too-long":
    "La risposta si ferma a metà frase, perché ha raggiunto la sua lunghezza. Si dà com'è.",
  "fault.about.usage-missing": "Una risposta giusta che non dice quanto ha usato.",
  "fault.about.stream-error":
    "Lo stream comincia bene, poi contiene un errore. Una risposta semplice è intatta.",
  "fault.about.stream-without-end":
    "Lo stream si chiude in ordine, ma senza il segno della fine. Una risposta semplice è intatta.",
  "fault.about.duplicated-chunk":
    "Uno stream con un evento due volte: le parole compaiono due volte. Una risposta semplice è intatta.",
  "fault.about.ndjson-stream":
    "Lo stream è fatto di righe JSON al posto di server-sent events. Una risposta semplice è intatta.",
  "fault.about.whole-for-stream":
    "Si chiede uno stream, e arriva una risposta semplice. Una risposta semplice è intatta.",
  "fault.about.token-expired": "Il token scade a metà sessione: l'SDK lo rinnova e chiede di nuovo.",
  "fault.about.session-over": "La sessione è finita: l'utente finale deve accedere di nuovo.",
  "fault.about.vault-locked": "La cassaforte è bloccata, quindi nessuna chiave si può usare.",
  "fault.about.key-missing": "La chiave del provider non c'è.",
  "fault.about.busy": "La console ha troppe chiamate aperte.",
};
