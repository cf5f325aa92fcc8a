// Testi della schermata Attività, della sua cascata e delle relative impostazioni, in italiano. Solo attraverso `it.ts`.

export const activity = {
  "nav.activity": "Attività",
  "activity.title": "Chiamate, dalla più recente",
  "activity.empty":
    "Ancora nessuna chiamata. Qui appare ogni chiamata che un'app host o un SDK fa attraverso il proxy: quando, quale AddOn, quale provider, quanto è durata, che cosa ha usato.",
  "activity.none": "Nessuna chiamata corrisponde al filtro.",
  "activity.route": "Funzione",
  "activity.route.all": "Tutte",
  "activity.failures": "Solo errori",
  "activity.kept": "Sono conservate {rows} chiamate; il database occupa {size} MB.",
  "activity.dropped":
    "{n} chiamate dall'avvio non hanno lasciato una riga: ne sono finite troppe insieme, o il disco era pieno.",
  "activity.dropped.one":
    "1 chiamata dall'avvio non ha lasciato una riga: ne sono finite troppe insieme, o il disco era pieno.",
  "activity.metadata": "Solo metadati: nessun prompt, risposta o utente finale.",
  "activity.call": "La chiamata scelta",
  "activity.upstream": "Stato del provider",
  "activity.attempts": "Tentativi",
  "activity.id": "Chiamata",
  "activity.curl": "Copia come curl",
  "activity.curl.help":
    "Con $TOKEN al posto del token e request.json per il corpo: nessuno dei due è conservato.",
  "fall.title": "Dove è andato il tempo",
  "fall.column": "Tempo",
  "fall.phase": "Fase",
  "fall.start": "Inizia dopo",
  "fall.length": "Dura",
  "fall.drawn": "Disegno",
  "fall.gate": "Controllo e richiesta",
  "fall.before": "Prima della chiave",
  "fall.tries": "Tentativi precedenti e attese",
  "fall.key": "Chiave aperta",
  "fall.wait": "Connessione e primo byte",
  "fall.stream": "Resto della risposta",
  "fall.stopped": "la chiamata è finita qui",
  "watch.title": "Attività e metriche",
  "watch.about":
    "Delle chiamate si conservano solo metadati. Ciò che supera uno dei tre limiti viene eliminato, a partire dal più vecchio.",
  "watch.rows": "Chiamate al massimo",
  "watch.rows.help": "Da 1.000 a 1.000.000.",
  "watch.days": "Giorni al massimo",
  "watch.days.help": "Da 1 a 3.650.",
  "watch.megabytes": "Megabyte al massimo",
  "watch.megabytes.help": "Da 8 a 1.024, dell'intero database.",
  "watch.invalid": "Non rientra in questi limiti.",
  "watch.saved": "I limiti sono in vigore; sono conservate {rows} chiamate.",
  "watch.metrics": "Metriche",
  "watch.metrics.about":
    "Conteggi per Prometheus, per i programmi di questa macchina: chiamate, unità, durate. Nessun utente finale, indirizzo o chiave.",
  "watch.metrics.copy": "Copia l'indirizzo",
  "cause.metrics-off": "metriche spente",
} as const;
