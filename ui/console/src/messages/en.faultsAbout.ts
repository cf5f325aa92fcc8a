// What each provoked failure does, in English. Used through `en.ts` only. As `domain/src/fault.rs` says it.

export const faultsAbout = {
  "fault.about.key-rejected": "The provider does not know the key.",
  "fault.about.key-revoked": "The account behind the key was closed or the key withdrawn.",
  "fault.about.permission-denied": "The key is real, but may not do this.",
  "fault.about.quota-exhausted":
    "The account has no credit or quota left. Not tried again, though some say it with a 429.",
  "fault.about.spending-limit": "The account's own spending limit is reached.",
  "fault.about.rate-limited":
    "Too many requests, without a word on when to come back: tried again, then given up.",
  "fault.about.rate-limited-retry-after":
    "Too many requests; the reply says to come back in 20 seconds, which is too long to wait for.",
  "fault.about.overloaded": "The provider says that it is overloaded.",
  "fault.about.model-unknown": "The provider does not know the model.",
  "fault.about.model-retired": "The provider has switched the model off.",
  "fault.about.deployment-unknown": "The Azure resource has no deployment of this name.",
  "fault.about.endpoint-unknown":
    "The provider's server knows no such address: a wrong base URL or api-version.",
  "fault.about.wrong-endpoint": "The key belongs to another server of this provider.",
  "fault.about.region-unsupported": "The feature is not offered in this region or country.",
  "fault.about.capability-missing": "The model cannot do what is asked of it.",
  "fault.about.parameter-unsupported": "The model does not take one of the request's parameters.",
  "fault.about.context-too-long": "The text is longer than the model can read.",
  "fault.about.image-rejected": "The provider cannot read the image.",
  "fault.about.language-unsupported": "The provider does not know one of the languages.",
  "fault.about.content-filtered": "The provider refuses the prompt because of its content.",
  "fault.about.request-rejected": "The provider finds fault with the request.",
  "fault.about.request-too-large": "The body is larger than the provider, or a gateway before it, takes.",
  "fault.about.request-timeout": "The server gave up waiting for the request.",
  "fault.about.server-error": "The provider's server failed. Asked elsewhere, not tried again.",
  "fault.about.bad-gateway": "A gateway before the provider got no answer, and says so in HTML. Tried again.",
  "fault.about.service-unavailable": "A gateway before the provider has nobody to ask. Tried again.",
  "fault.about.gateway-timeout": "A gateway before the provider waited too long.",
  "fault.about.gateway-forbids": "A company's gateway shows its own page in place of the provider's reply.",
  "fault.about.redirect": "The server sends the caller elsewhere, which is never followed.",
  "fault.about.dns-failure": "The provider's host name is not known.",
  "fault.about.connection-refused": "Nothing listens at the provider's address.",
  "fault.about.connection-reset": "The connection ends before any reply.",
  "fault.about.offline": "This machine has no network.",
  "fault.about.certificate-expired": "The server's certificate has expired.",
  "fault.about.certificate-wrong-host": "The server's certificate is for another host.",
  "fault.about.certificate-unknown-ca":
    "The server's certificate is signed by somebody this machine does not trust.",
  "fault.about.tls-failed": "No encrypted connection comes about.",
  "fault.about.corporate-proxy-failed": "The corporate proxy does not let the call through.",
  "fault.about.no-answer": "The request is taken and nothing comes back, until the console gives up.",
  "fault.about.slow-first-byte": "Nothing comes for 8 seconds, then a right answer.",
  "fault.about.slow-drip": "A right answer in small pieces, 400 ms apart.",
  "fault.about.stall": "The answer begins, then nothing more comes and the connection stays open.",
  "fault.about.cut-stream": "The connection ends in the middle of the answer.",
  "fault.about.wrong-content-type":
    "A success that is a page of HTML, as a sign-in page of a network gives it.",
  "fault.about.broken-json": "A success whose JSON does not end; in a stream, one event of it.",
  "fault.about.split-utf8":
    "A right answer whose letters are cut in two between chunks. Must arrive unharmed.",
  "fault.about.invalid-utf8": "An answer with bytes that are no text.",
  "fault.about.empty-answer": "A success that holds no text, picture or translation.",
  "fault.about.empty-body": "A success without any body.",
  "fault.about.very-large-answer": "An answer larger than the console accepts.",
  "fault.about.wrong-length": "The reply announces more bytes than it has.",
  "fault.about.compressed-reply": "The reply is compressed though none was asked for.",
  "fault.about.error-with-ok": "An error's body under the status of a success.",
  "fault.about.content-filtered-answer":
    "A success that says that its answer was withheld because of its content.",
  "fault.about.unknown-finish-reason":
    "A right answer that ends for a reason nobody knows. Must arrive unharmed.",
  "fault.about.answer-too-long":
    "The answer stops in mid-sentence, since it reached its length. Given as it is.",
  "fault.about.usage-missing": "A right answer that does not say what it used.",
  "fault.about.stream-error": "The stream begins well, then holds an error. A plain answer is unharmed.",
  "fault.about.stream-without-end":
    "The stream closes in order, but without the mark of its end. A plain answer is unharmed.",
  "fault.about.duplicated-chunk":
    "A stream with one of its events twice: the words are there twice. A plain answer is unharmed.",
  "fault.about.ndjson-stream":
    "The stream is lines of JSON in place of server-sent events. A plain answer is unharmed.",
  "fault.about.whole-for-stream":
    "A stream was asked for, and a plain answer comes. A plain answer is unharmed.",
  "fault.about.token-expired": "The session token ends in mid-session: the SDK renews it and asks again.",
  "fault.about.session-over": "The session is over: the end user must log in again.",
  "fault.about.vault-locked": "The vault is locked, so no key can be used.",
  "fault.about.key-missing": "The provider's key is not there.",
  "fault.about.busy": "The console has too many calls open.",
} as const;
