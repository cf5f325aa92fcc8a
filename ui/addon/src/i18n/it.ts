// Italian texts. Placeholders in {braces} are filled in, [brackets] are replaced by the end user.
// It must hold exactly the same keys as the English file; the compiler checks it.
import type { Messages } from "./keys.js";

export const it: Messages = {
  "config-label": "Scrivi con l’IA",
  "header-title": "Assistente IA: {module}",
  "welcome-header-title": "L’assistente IA ti aiuta a scrivere più in fretta e con più efficacia",
  "module-title": "Titolo",
  "module-paragraph": "Paragrafo",
  "module-list": "Elenco",
  "module-button": "Pulsante",

  "welcome-heading-title": "Troviamo il titolo giusto",
  "welcome-heading-subtitle": "Di’ che cosa deve annunciare. Per esempio:",
  "welcome-heading-example":
    "Un titolo per [evento] che incuriosisca\nAnnuncia [prodotto] in sei parole al massimo\nUna domanda su [argomento]",
  "welcome-body-title": "Scriviamo questo paragrafo",
  "welcome-body-subtitle": "Di’ di che cosa parla e a chi si rivolge. Per esempio:",
  "welcome-example":
    "Invita i clienti a [evento], con data e luogo\nTre frasi sul perché [prodotto] fa risparmiare tempo\nRingrazia i nuovi iscritti e di’ che cosa li aspetta",
  "welcome-list-title": "Facciamo un elenco",
  "welcome-list-subtitle": "Di’ che cosa raccogliere. Per esempio:",
  "welcome-list-example":
    "Cinque motivi per visitare [luogo]\nI passaggi per configurare [prodotto]\nLe novità di [stagione]",
  "welcome-button-title": "Diamo un nome al pulsante",
  "welcome-button-subtitle": "Di’ che cosa succede dopo il clic. Per esempio:",
  "welcome-button-example":
    "Porta le persone ai saldi di [stagione]\nUn modo cordiale per dire «[azione]»\nPrenota un posto per [evento]",

  "pin-label": "Stai lavorando con l’IA sul modulo {module}",
  restart: "Ricomincia con un nuovo argomento",
  placeholder: "Di che cosa vuoi scrivere?",
  generate: "Genera",
  regenerate: "Rigenera",
  apply: "Applica",
  applied: "Applicato",
  stop: "Interrompi",
  stopped: "Interrotto",
  close: "Chiudi",
  locked: "Bloccato per il tuo ruolo",
  "clear-results": "Cancella i risultati",
  working: "Ci sto lavorando",
  "answer-ready": "Risposta: {content}",
  "your-prompt": "La tua richiesta",
  "suggestions-label": "Suggerimenti",
  "bracket-hint": "Sostituisci {bracket} con parole tue prima di generare.",
  "sandbox-badge": "Sandbox",
  "sandbox-hint": "Sandbox integrata: nessun fornitore di IA è stato chiamato.",

  "brand-tone": "Tono del brand",
  "brand-tone-none": "Nessuno",

  "token-label": "token",
  "token-usage": "{tokensUsed}/{tokensAvailable} {tokenLabel}",
  "no-token-message": "Hai esaurito i {tokenLabel}. {ctaLabel} per continuare.",
  "low-token-message": "Hai usato {tokensUsed} {tokenLabel} su {tokensAvailable}. {ctaLabel}",
  "upsell-cta": "Acquistane altri",
  "upsell-waiting": "In attesa dell’altra finestra",

  "suggest-check-spelling": "Controlla l’ortografia del contenuto",
  "suggest-correct-grammar": "Correggi gli errori grammaticali del contenuto",
  "suggest-correct-grammar-list": "Correggi gli errori grammaticali e restituisci il contenuto",
  "suggest-translate": "Traduci il contenuto in [lingua]",
  "suggest-translate-button": "Traduci il testo del pulsante in [lingua]",
  "suggest-translate-heading": "Traducilo in [lingua]",
  "suggest-adjust-tone": "Rendilo [tono] senza cambiare il formato",
  "suggest-make-it-tone": "Rendilo [tono]",
  "suggest-use-active-voice": "Usa la forma attiva",
  "suggest-summarize-text": "Riassumi il contenuto",
  "suggest-convert-third-person": "Volgi il contenuto alla terza persona senza cambiare il formato",
  "suggest-lowercase-text": "Usa le minuscole",
  "suggest-titlecase-text": "Usa le iniziali maiuscole",
  "suggest-use-all-caps": "Usa TUTTE MAIUSCOLE",
  "suggest-capitalize-text": "Scrivi tutto in maiuscolo",
  "suggest-capitalize-all-words": "Metti in maiuscolo la prima lettera di ogni parola",
  "characters-length": "Fallo lungo [numero] parole",
  "suggest-characters-length": "Porta la lunghezza a circa [numero] caratteri",

  "alt-wand": "Testo alternativo con l’IA",
  "alt-generate": "Genera testo alternativo",
  "alt-bulk": "Genera in blocco",
  "create-label": "Crea con l’IA",
  "images-left": "Immagini rimaste: {count}",
  "meta-all": "Genera tutti i dettagli",
  "meta-only-subject": "Genera solo l’oggetto",
  "meta-only-preheader": "Genera solo il preheader",
  "meta-only-title": "Genera solo il titolo",
  "meta-only-description": "Genera solo la descrizione",
  "agent-label": "Co-Pilot IA",

  "error-title": "L’assistente IA al momento non è disponibile.",
  "error-subtitle": "Riprova più tardi.",
  "cause-generic":
    "Qualcosa non ha funzionato tra il proxy e il fornitore di IA. L’elenco delle attività in AddOn Console dice di più.",
  "cause-token":
    "La sessione di questa pagina non è valida per il proxy. L’app ospite deve accedere e passare il nuovo token.",
  "cause-session-over":
    "La sessione è terminata. L’app ospite deve accedere di nuovo; qui, riapri l’anteprima da AddOn Console.",
  "cause-origin-not-allowed":
    "Il proxy non lascia entrare {origin}. Aggiungila in AddOn Console, in Applicazioni, Origini consentite.",
  "cause-host-not-allowed":
    "Il proxy è stato chiamato con un nome che non accetta. Usa {proxyUrl} come indirizzo.",
  "cause-body-invalid": "Il proxy non è riuscito a leggere questa richiesta.",
  "cause-body-too-large": "È troppo testo per una sola richiesta. Accorcialo o cancella i risultati.",
  "cause-application-disabled":
    "Questa applicazione è disattivata. Attivala in AddOn Console, in Applicazioni.",
  "cause-addon-disabled":
    "Questo AddOn è spento per questa applicazione. Accendilo in AddOn Console, in AddOn.",
  "cause-no-provider":
    "Nessun fornitore di IA è scelto per questo AddOn. Sceglilo in AddOn Console, in AddOn.",
  "cause-vault-locked": "La cassaforte con le chiavi API è bloccata. Sbloccala in AddOn Console.",
  "cause-key-missing":
    "Il fornitore di IA non ha ancora una chiave API. Inseriscila in AddOn Console, in Provider.",
  "cause-key-rejected":
    "Il fornitore di IA ha rifiutato la chiave API. Sostituiscila in AddOn Console, in Provider.",
  "cause-rate-limited": "Il fornitore di IA riceve troppe richieste. Aspetta un momento e riprova.",
  "cause-rate-limited-wait": "Il fornitore di IA riceve troppe richieste. Riprova tra {seconds} secondi.",
  "cause-limit-reached":
    "Il limite per questo assistente è raggiunto. Chiedi a chi gestisce l’applicazione o riprova più tardi.",
  "cause-quota-exhausted": "L’account presso il fornitore di IA non ha più credito, o un limite è esaurito.",
  "cause-upstream-unreachable":
    "Il proxy non ha raggiunto il fornitore di IA. Controlla la rete e l’indirizzo del fornitore.",
  "cause-upstream-timeout": "Il fornitore di IA ha impiegato troppo a rispondere.",
  "cause-upstream-error": "Il fornitore di IA ha segnalato un proprio guasto.",
  "cause-permission-denied":
    "La chiave API è vera ma non può fare questo. Controlla i suoi permessi presso il fornitore di IA.",
  "cause-key-damaged":
    "La chiave API salvata non si apre più. Inseriscila di nuovo in AddOn Console, in Provider.",
  "cause-upstream-tls": "Questo computer non si fida del certificato del fornitore di IA.",
  "cause-upstream-redirect":
    "L’indirizzo del fornitore di IA risponde con un rinvio. Controllalo in AddOn Console, in Provider.",
  "cause-upstream-overloaded": "Il fornitore di IA è sovraccarico. Riprova tra un momento.",
  "cause-upstream-rejected": "Il fornitore di IA ha rifiutato questa richiesta.",
  "cause-destination-refused": "L’indirizzo del fornitore di IA non è tra quelli che il proxy può chiamare.",
  "cause-reply-invalid":
    "La risposta del fornitore di IA non si legge. Controlla il suo indirizzo in AddOn Console, in Provider.",
  "cause-reply-too-large": "La risposta del fornitore di IA è troppo grande.",
  "cause-busy": "Il proxy ha troppe chiamate aperte. Riprova tra un momento.",
  "cause-stream-cut": "La risposta si è interrotta prima della fine.",
  "cause-answer-empty": "Il fornitore di IA ha mandato una risposta vuota.",
  "cause-content-filtered":
    "Il filtro dei contenuti del fornitore di IA ha fermato la richiesta. Formulala diversamente.",
  "cause-model-unknown":
    "Il fornitore di IA non conosce il modello scelto. Controllalo in AddOn Console, in Provider.",
  "cause-model-retired":
    "Il fornitore di IA ha ritirato il modello scelto. Scegline un altro in AddOn Console, in Provider.",
  "cause-capability-missing":
    "Il modello scelto non può farlo. Scegline un altro in AddOn Console, in Provider.",
  "cause-context-too-long": "È più testo di quanto il modello possa leggere.",
  "cause-image-unreachable":
    "Il proxy non ha potuto leggere l’immagine. Il suo indirizzo deve essere pubblico o di un’origine consentita.",
  "cause-image-unsupported": "Si leggono solo immagini PNG, JPEG, GIF e WebP fino a 20 MB.",
  "cause-image-rejected": "Il fornitore di IA non riesce a leggere questa immagine.",
  "cause-template-invalid": "Nel modello non c’è nulla su cui l’IA possa lavorare.",
  "cause-translation-failed": "Un testo tradotto ha perso un merge tag, perciò nulla è cambiato.",
  "cause-language-unsupported": "Il fornitore non traduce in questa lingua.",
  "cause-translation-running": "Un’altra traduzione è ancora in corso.",
  "cause-part-missing": "Non è stato possibile caricare una parte dell’AddOn da {proxyUrl}.",
  "cause-endpoint-unknown":
    "L’indirizzo del fornitore di IA non è giusto. Controllalo in AddOn Console, in Provider.",

  "reach-reachable":
    "Il proxy a {proxyUrl} risponde, ma questa richiesta non è passata. Controlla che {origin} sia un’origine consentita, poi riprova.",
  "reach-not-running": "Nessuno risponde a {proxyUrl}. Avvia AddOn Console o esegui «addonctl serve».",
  "reach-mixed-content":
    "Questa pagina è servita via https e il browser non le lascia chiamare un indirizzo http come {proxyUrl}. Apri la pagina via http o usa l’indirizzo https del proxy.",
  "reach-permission-denied":
    "Il browser non lascia che questa pagina raggiunga le app su questo dispositivo. Consentilo nelle impostazioni del sito accanto all’indirizzo, poi ricarica.",
  "reach-permission-open":
    "Il browser chiede se questa pagina può raggiungere le app su questo dispositivo. Rispondi «Consenti» e riprova.",
  "reach-frame-policy":
    'Questa pagina sta dentro un’altra pagina che la tiene lontana dalle app su questo dispositivo. La pagina esterna deve aggiungere allow="loopback-network" all’iframe.',
  "reach-page-policy":
    "La Content-Security-Policy di questa pagina blocca {proxyUrl}. Aggiungi quell’indirizzo al suo connect-src.",
};
