// Generated from the command table by `cargo xtask codegen`. Do not edit.

/**
 * An act on a key or a setting.
 */
export type Act = "application-added" | "application-changed" | "application-removed" | "secret-made" | "addon-installed" | "addon-changed" | "addon-removed" | "provider-added" | "provider-changed" | "provider-on" | "provider-off" | "provider-removed" | "key-replaced" | "key-returned" | "key-expired" | "vault-made" | "vault-rotated" | "vault-moved" | "vault-recovered" | "kit-made" | "keys-exported" | "limit-set" | "limit-removed" | "fault-set" | "fault-cleared" | "testing-on" | "testing-off" | "tapes-made" | "tapes-renamed" | "tapes-removed" | "tapes-exported" | "tapes-imported" | "recording-on" | "recording-off" | "tapes-played" | "tapes-stopped" | "setting-changed";

/**
 * A fault that is on at a provider.
 */
export type ActiveFault = { 
/**
 * Which.
 */
fault: Fault, 
/**
 * How many more calls meet it; absent: all, until it is cleared.
 */
left: FaultTimes | null, 
/**
 * Since when. Also tells one choice from the next.
 */
since: Timestamp, };

/**
 * A set that is in use at a provider.
 */
export type ActiveTape = { 
/**
 * Which set.
 */
set: TapeSetId, 
/**
 * Its name.
 */
name: TapeName, 
/**
 * What is done with it.
 */
does: TapeUse, 
/**
 * Since when. Also tells one choice from the next.
 */
since: Timestamp, };

/**
 * One call's row.
 */
export type Activity = { 
/**
 * Identity; also the reply's `X-Request-Id`.
 */
id: CallId, 
/**
 * When it was received.
 */
at: Timestamp, 
/**
 * For which application.
 */
application: ApplicationId, 
/**
 * Through which route.
 */
route: Route, 
/**
 * With which AddOn; `None` where a provider was called by its own API.
 */
addon: Handle | null, 
/**
 * The provider that was asked, if the call came so far.
 */
provider: ProviderId | null, 
/**
 * Its type.
 */
provider_kind: ProviderKind | null, 
/**
 * The model that was asked for.
 */
model: Model | null, 
/**
 * Whether the answer was streamed to the caller.
 */
streamed: boolean, 
/**
 * HTTP status of the reply.
 */
status: number, 
/**
 * Why it failed, if it did. A stream can fail after a 200.
 */
cause: Cause | null, 
/**
 * What the provider's server answered.
 */
upstream_status: number | null, 
/**
 * The fault it met on purpose; then no provider was asked.
 */
fault: Fault | null, 
/**
 * A tape answered in the provider's place; nobody was asked.
 */
from_tape: boolean, 
/**
 * Tokens used, if the provider said so.
 */
usage: TokenUsage | null, 
/**
 * Images made or described.
 */
images: number | null, 
/**
 * Characters translated, as the provider bills them.
 */
characters: number | null, 
/**
 * How often the providers were asked: 1, or more after retries and fallback; 0 if none was.
 */
attempts: number, 
/**
 * Where the time went.
 */
timings: Timings, };

/**
 * How many rows.
 */
export type ActivityList = { 
/**
 * 1 to 1,000.
 */
limit: number, 
/**
 * Only calls that ended before this one; absent: from the newest on.
 */
before?: CallId, };

/**
 * What is kept of calls.
 */
export type ActivityState = { 
/**
 * How much is kept.
 */
retention: Retention, 
/**
 * Rows there are.
 */
rows: number, 
/**
 * Bytes of the whole database.
 */
bytes: number, 
/**
 * Calls since the start that left no row, because too many ended at once or the disk was full.
 */
dropped: number, };

/**
 * Names an AddOn of an application.
 */
export type AddOnRef = { 
/**
 * Which application.
 */
application: ApplicationId, 
/**
 * Which AddOn.
 */
handle: Handle, };

/**
 * How an AddOn stands.
 */
export type AddOnState = "available" | "off" | "needs-provider" | "key-rejected" | "ready";

/**
 * What to change; what is absent stays.
 */
export type AddOnUpdate = { 
/**
 * Which application.
 */
application: ApplicationId, 
/**
 * Which AddOn.
 */
handle: Handle, 
/**
 * On or off.
 */
enabled?: boolean, 
/**
 * All its providers, in the order they are asked.
 */
providers?: Array<ProviderId>, 
/**
 * Settings to set, in Beefree's names; `null` removes one.
 */
settings?: Record<string, unknown>, };

/**
 * An AddOn of an application.
 */
export type AddOnView = { 
/**
 * Its handle.
 */
handle: Handle, 
/**
 * Its name.
 */
title: string, 
/**
 * What the end user gets, in a sentence.
 */
about: string, 
/**
 * The AddOn that cannot be on together with this one.
 */
excludes: Handle | null, 
/**
 * Whether it needs a provider; if not, the host app answers itself.
 */
needs_provider: boolean, 
/**
 * How it stands.
 */
state: AddOnState, 
/**
 * Whether end users see it.
 */
enabled: boolean, 
/**
 * Its providers, in the order they are asked.
 */
providers: Array<ProviderId>, 
/**
 * Its settings, in Beefree's names.
 */
settings: Record<string, unknown>, 
/**
 * The settings it takes.
 */
setting_types: Array<Setting>, 
/**
 * Provider types able to serve it.
 */
provider_kinds: Array<string>, };

/**
 * A failure as faces see it. Never holds a secret.
 */
export type ApiError = { 
/**
 * The stable reason.
 */
code: Code, 
/**
 * What happened.
 */
message: string, 
/**
 * What to do; may be empty.
 */
hint: string, };

/**
 * Who may use an application beside its allowed pages with a token from `/loginV2`.
 */
export type ApplicationAccess = { 
/**
 * Which.
 */
application: ApplicationId, 
/**
 * Its pages may log end users in without the client secret, at `/proxy/bee-auth`.
 */
bee_auth: boolean, 
/**
 * Clients that are no browser (an SDK, curl) may use its tokens.
 */
programs: boolean, };

/**
 * A new application.
 */
export type ApplicationAdd = { 
/**
 * 1 to 80 characters, unique.
 */
name: string, 
/**
 * What it builds.
 */
kind: ApplicationKind, 
/**
 * Origins whose pages may call, such as `https://app.example`.
 */
origins: Array<string>, };

/**
 * An application with its client secret, this once.
 */
export type ApplicationCreated = { 
/**
 * Shown now and never again.
 */
client_secret: string, 
/**
 * Identity.
 */
id: ApplicationId, 
/**
 * Public half of its credentials.
 */
client_id: ClientId, 
/**
 * Its name.
 */
name: string, 
/**
 * What it builds.
 */
kind: ApplicationKind, 
/**
 * Allowed origins.
 */
origins: Array<string>, 
/**
 * When it was added.
 */
created: Timestamp, 
/**
 * Whether it may be used.
 */
enabled: boolean, 
/**
 * Whether its sessions may ask for faults by header.
 */
testing: boolean, 
/**
 * Whether its pages may log end users in without the client secret.
 */
bee_auth: boolean, 
/**
 * Whether clients that are no browser may use its tokens.
 */
programs: boolean, };

/**
 * Whether an application may be used.
 */
export type ApplicationEnable = { 
/**
 * Which.
 */
application: ApplicationId, 
/**
 * Off: logins and calls are refused with Beefree's 5003.
 */
enabled: boolean, };

/**
 * One host app's registration. 
 */
export type ApplicationId = string;

/**
 * What the host app builds with Beefree.
 */
export type ApplicationKind = "email" | "page" | "popup";

/**
 * Names an application.
 */
export type ApplicationRef = { 
/**
 * Which.
 */
application: ApplicationId, };

/**
 * Whether an application's sessions may ask for faults by header.
 */
export type ApplicationTesting = { 
/**
 * Which.
 */
application: ApplicationId, 
/**
 * They may, or not.
 */
testing: boolean, };

/**
 * An application as it shall be.
 */
export type ApplicationUpdate = { 
/**
 * Which.
 */
application: ApplicationId, 
/**
 * 1 to 80 characters, unique.
 */
name: string, 
/**
 * What it builds.
 */
kind: ApplicationKind, 
/**
 * All allowed origins.
 */
origins: Array<string>, };

/**
 * An application.
 */
export type ApplicationView = { 
/**
 * Identity.
 */
id: ApplicationId, 
/**
 * Public half of its credentials.
 */
client_id: ClientId, 
/**
 * Its name.
 */
name: string, 
/**
 * What it builds.
 */
kind: ApplicationKind, 
/**
 * Allowed origins.
 */
origins: Array<string>, 
/**
 * When it was added.
 */
created: Timestamp, 
/**
 * Whether it may be used.
 */
enabled: boolean, 
/**
 * Whether its sessions may ask for faults by header.
 */
testing: boolean, 
/**
 * Whether its pages may log end users in without the client secret.
 */
bee_auth: boolean, 
/**
 * Whether clients that are no browser may use its tokens.
 */
programs: boolean, };

/**
 * One act on a key or a setting.
 */
export type AuditEntryView = { 
/**
 * Its number, from 1.
 */
seq: number, 
/**
 * When.
 */
at: Timestamp, 
/**
 * What was done.
 */
act: Act, 
/**
 * Through what.
 */
by: Who, 
/**
 * The record's id, where the act was on one.
 */
record: string | null, 
/**
 * The record's name, while it is still there.
 */
name: string | null, 
/**
 * Whether it is sealed into the chain.
 */
seal: Seal, };

/**
 * Which entries.
 */
export type AuditList = { 
/**
 * 1 to 1,000.
 */
limit: number, 
/**
 * Only entries before this number.
 */
before?: number, };

/**
 * Whether the chain is whole.
 */
export type AuditReport = { 
/**
 * Nothing is changed, removed or cut.
 */
ok: boolean, 
/**
 * How many entries there are.
 */
entries: number, 
/**
 * How many of them are sealed.
 */
sealed: number, 
/**
 * Where it is broken first.
 */
broken: Break | null, };

/**
 * A broken place.
 */
export type Break = { 
/**
 * The number of the entry.
 */
seq: number, 
/**
 * How.
 */
how: Broken, };

/**
 * How the chain is broken.
 */
export type Broken = "changed" | "removed" | "cut";

/**
 * Whose trust store it is.
 */
export type Browser = "chromium" | "firefox";

/**
 * One proxied call. 
 */
export type CallId = string;

/**
 * How far a call has come; what lights the data flow in the window.
 */
export type CallPhase = "admitted" | "key-opened" | "sent" | "first-byte";

/**
 * A call reached a phase. Not stored.
 */
export type CallSignal = { 
/**
 * Which call.
 */
id: CallId, 
/**
 * Of which application.
 */
application: ApplicationId, 
/**
 * How far.
 */
phase: CallPhase, 
/**
 * Microseconds since the request was read.
 */
after_us: number, };

/**
 * What an AddOn asks of a provider.
 */
export type Capability = "writing" | "captioning" | "drawing" | "translating";

/**
 * The stable reason of a failure.
 */
export type Cause = "request-malformed" | "head-too-large" | "host-not-allowed" | "origin-not-allowed" | "bearer-missing" | "bearer-malformed" | "token-expired" | "session-over" | "session-reset" | "demo-code-used" | "login-refused" | "application-disabled" | "bee-auth-off" | "programs-not-allowed" | "uid-invalid" | "content-type" | "body-invalid" | "body-too-large" | "body-timeout" | "busy" | "route-unknown" | "method-not-allowed" | "addon-unknown" | "addon-disabled" | "limit-reached" | "price-unknown" | "limit-not-kept" | "no-provider" | "vault-locked" | "key-missing" | "key-damaged" | "destination-refused" | "provider-unknown" | "provider-off" | "path-not-offered" | "not-supported" | "template-invalid" | "translation-failed" | "language-unsupported" | "image-unreachable" | "image-unsupported" | "file-unknown" | "metrics-off" | "internal" | "key-rejected" | "permission-denied" | "rate-limited" | "quota-exhausted" | "model-unknown" | "model-retired" | "deployment-unknown" | "endpoint-unknown" | "wrong-endpoint" | "region-unsupported" | "capability-missing" | "parameter-unsupported" | "context-too-long" | "image-rejected" | "content-filtered" | "upstream-rejected" | "upstream-error" | "upstream-overloaded" | "upstream-unreachable" | "name-unknown" | "connection-refused" | "corporate-proxy-failed" | "tls-expired" | "tls-wrong-host" | "tls-unknown-ca" | "upstream-tls" | "upstream-timeout" | "upstream-redirect" | "reply-invalid" | "reply-too-large" | "stream-cut" | "fault-unknown" | "fault-not-allowed" | "tape-miss" | "tape-damaged" | "client-gone";

/**
 * How it stands.
 */
export type CertificateState = "none" | "good" | "renew" | "expired";

/**
 * The certificate.
 */
export type CertificateView = { 
/**
 * How it stands.
 */
state: CertificateState, 
/**
 * When it ends.
 */
expires: Timestamp | null, 
/**
 * SHA-256 of the CA.
 */
fingerprint: string | null, 
/**
 * The CA's name in trust stores.
 */
name: string | null, 
/**
 * The CA's certificate, for stores this program cannot reach.
 */
ca_file: string | null, 
/**
 * Where the proxy speaks HTTPS now.
 */
url: string | null, 
/**
 * The stores found for this user.
 */
stores: Array<TrustView>, 
/**
 * Whether `certutil`, which changes them, is installed.
 */
tool: boolean, };

/**
 * One line of a preview.
 */
export type Change = { 
/**
 * What kind of thing.
 */
subject: Subject, 
/**
 * In which application; empty for the console and for applications themselves.
 */
application: string, 
/**
 * Its name.
 */
name: string, 
/**
 * What becomes of it.
 */
verdict: Outcome, 
/**
 * Which fields change.
 */
fields: Array<FieldChange>, };

/**
 * The public half of an application's credentials; Beefree's `client_id`. 
 */
export type ClientId = string;

/**
 * The stable reason. A code exists only if a face acts on it.
 */
export type Code = "invalid-input" | "not-found" | "name-taken" | "excluded" | "needs-key" | "key-format" | "key-not-staged" | "clipboard-empty" | "plain-http" | "vault-locked" | "keyring-missing" | "key-missing" | "damaged" | "wrong-secret" | "secret-not-staged" | "read-only" | "in-use" | "not-writable" | "port-taken" | "proxy-stopped" | "unsupported" | "internal";

/**
 * Where a vault key is kept.
 */
export type CustodyKind = "keyring" | "passphrase" | "key-file" | "credentials";

/**
 * How the vault stands. Six states that are never taken for one another; none is ever saved over.
 */
export type CustodyState = "empty" | "open" | "locked" | "keyring-missing" | "key-missing" | "damaged";

/**
 * A provider whose sealed key does not open.
 */
export type DamagedRecord = { 
/**
 * Which.
 */
provider: ProviderId, 
/**
 * Its name.
 */
name: string, };

/**
 * All findings.
 */
export type DoctorReport = { 
/**
 * No finding is a problem.
 */
ok: boolean, 
/**
 * In the order a call meets them.
 */
items: Array<Finding>, };

/**
 * What to look at.
 */
export type DoctorRequest = { 
/**
 * Only this application.
 */
application?: ApplicationId, 
/**
 * Whether pages of this origin may call.
 */
origin?: string, };

/**
 * One event.
 */
export type Event = { "type": "changed", 
/**
 * Which.
 */
topic: Topic, } | { "type": "proxy", 
/**
 * How it stands now.
 */
status: ProxyStatus, } | { "type": "vault", 
/**
 * How it stands now.
 */
vault: VaultView, } | { "type": "signal", 
/**
 * Which call, how far.
 */
signal: CallSignal, } | { "type": "call", 
/**
 * Its row.
 */
activity: Activity, };

/**
 * Where to write an export.
 */
export type ExportTo = { 
/**
 * The file; absent: a new one in the downloads folder.
 */
path?: string, 
/**
 * Write over a file that is there.
 */
replace: boolean, };

/**
 * A file that was written, readable by its owner only.
 */
export type Exported = { 
/**
 * Where.
 */
path: string, 
/**
 * How many applications, or keys.
 */
count: number, };

/**
 * A failure provoked on purpose.
 */
export type Fault = "key-rejected" | "key-revoked" | "permission-denied" | "quota-exhausted" | "spending-limit" | "rate-limited" | "rate-limited-retry-after" | "overloaded" | "model-unknown" | "model-retired" | "deployment-unknown" | "endpoint-unknown" | "wrong-endpoint" | "region-unsupported" | "capability-missing" | "parameter-unsupported" | "context-too-long" | "image-rejected" | "language-unsupported" | "content-filtered" | "request-rejected" | "request-too-large" | "request-timeout" | "server-error" | "bad-gateway" | "service-unavailable" | "gateway-timeout" | "gateway-forbids" | "redirect" | "dns-failure" | "connection-refused" | "connection-reset" | "offline" | "certificate-expired" | "certificate-wrong-host" | "certificate-unknown-ca" | "tls-failed" | "corporate-proxy-failed" | "no-answer" | "slow-first-byte" | "slow-drip" | "stall" | "cut-stream" | "wrong-content-type" | "broken-json" | "split-utf8" | "invalid-utf8" | "empty-answer" | "empty-body" | "very-large-answer" | "wrong-length" | "compressed-reply" | "error-with-ok" | "content-filtered-answer" | "unknown-finish-reason" | "answer-too-long" | "usage-missing" | "stream-error" | "stream-without-end" | "duplicated-chunk" | "ndjson-stream" | "whole-for-stream" | "token-expired" | "session-over" | "vault-locked" | "key-missing" | "busy";

/**
 * What kind of failure a fault is.
 */
export type FaultGroup = "refusal" | "transport" | "timing" | "answer" | "console";

/**
 * Which faults to list.
 */
export type FaultList = { 
/**
 * Those of one provider type; all when absent.
 */
kind?: string, };

/**
 * A fault to be switched on.
 */
export type FaultSet = { 
/**
 * At which provider.
 */
provider: ProviderId, 
/**
 * Its id.
 */
fault: string, 
/**
 * For so many calls, 1 to 1,000; absent: until it is cleared.
 */
times?: number, };

/**
 * For how many calls a fault stays: 1 to 1,000.
 */
export type FaultTimes = number;

/**
 * A failure that can be provoked.
 */
export type FaultView = { 
/**
 * Its id.
 */
id: Fault, 
/**
 * Its name.
 */
title: string, 
/**
 * What it does.
 */
about: string, 
/**
 * What kind of failure it is.
 */
group: FaultGroup, 
/**
 * Whether it shows in streams only.
 */
streams_only: boolean, 
/**
 * The provider types that can fail so.
 */
kinds: Array<string>, };

/**
 * Something besides name and key that a developer is asked for.
 */
export type Field = { 
/**
 * `base-url`, `model`, or the name of one of the provider's options.
 */
name: string, 
/**
 * What it is called at this provider.
 */
label: string, 
/**
 * What to enter, in a sentence.
 */
hint: string, 
/**
 * An example.
 */
placeholder: string, 
/**
 * Whether there must be a value.
 */
required: boolean, };

/**
 * One field.
 */
export type FieldChange = { 
/**
 * Its name in the document.
 */
field: string, 
/**
 * Its value now, as JSON; empty where there is none.
 */
before: string, 
/**
 * Its value then.
 */
after: string, };

/**
 * A person is to choose a file.
 */
export type FileChoose = { 
/**
 * What for.
 */
purpose: FilePurpose, };

/**
 * What was chosen.
 */
export type FileChosen = { 
/**
 * Its path; absent: none was.
 */
path: string | null, };

/**
 * What a file is chosen for.
 */
export type FilePurpose = "import" | "settings" | "tapes";

/**
 * One finding.
 */
export type Finding = { 
/**
 * Stable word of the check (`vault`, `proxy`, `origin`, `addon`, `key`).
 */
check: string, 
/**
 * How it went.
 */
verdict: Verdict, 
/**
 * What was found.
 */
message: string, 
/**
 * What to do; empty when nothing.
 */
hint: string, };

/**
 * An AddOn's fixed name, Beefree's spelling (`ai-integration`).
 */
export type Handle = string;

/**
 * Why something in a file was left aside.
 */
export type Ignored = "unknown-name" | "no-assignment" | "in-environment" | "unknown-provider" | "no-such-provider" | "repeated" | "invalid-value" | "incomplete";

/**
 * Something in a file that is left aside.
 */
export type IgnoredItem = { 
/**
 * Its name in the file; never a value.
 */
name: string, 
/**
 * Why.
 */
why: Ignored, };

/**
 * A file to look at.
 */
export type ImportFile = { 
/**
 * The file.
 */
path: string, 
/**
 * Absent: seen from the file.
 */
format?: ImportFormat, 
/**
 * Into which application, by name; for `.env` and LiteLLM.
 */
application?: string, 
/**
 * A `.env` file, for the names of variables in LiteLLM's file.
 */
env?: string, 
/**
 * The passphrase of a file of keys.
 */
passphrase?: StagedSecretId, };

/**
 * What kind of file is imported.
 */
export type ImportFormat = "settings" | "keys" | "env" | "litellm";

/**
 * Names a previewed import.
 */
export type ImportId = string;

/**
 * What an import would change. It is held for 10 minutes: what was seen is what is applied.
 */
export type ImportPreview = { 
/**
 * Names it for `import_apply`.
 */
id: ImportId, 
/**
 * What the file is.
 */
format: ImportFormat, 
/**
 * What would change; nothing that is not named here.
 */
changes: Array<Change>, 
/**
 * What is left aside.
 */
ignored: Array<IgnoredItem>, };

/**
 * A previewed import.
 */
export type ImportRef = { 
/**
 * Which.
 */
import: ImportId, };

/**
 * A session token.
 */
export type IssuedToken = { 
/**
 * The bearer token.
 */
access_token: string, 
/**
 * Seconds until it must be refreshed.
 */
expires_in: number, };

/**
 * A list.
 */
export type Items<T> = { 
/**
 * In the order to be shown.
 */
items: Array<T>, };

/**
 * Whether a provider type answers only with a key.
 */
export type KeyRule = "required" | "optional" | "none";

/**
 * The last four characters of a key, or nothing when the key is shorter than 12 (invariant 1).
 */
export type KeyTail = string;

/**
 * Where to write an export of keys.
 */
export type KeysExportTo = { 
/**
 * The file; absent: a new one in the downloads folder.
 */
path?: string, 
/**
 * Write over a file that is there.
 */
replace: boolean, 
/**
 * The passphrase of the file.
 */
passphrase: StagedSecretId, };

/**
 * The recovery kit's files. They hold the code: print, put away, delete.
 */
export type KitFiles = { 
/**
 * A page to print.
 */
page: string, 
/**
 * The same as text.
 */
text: string, };

/**
 * Where to write the recovery kit.
 */
export type KitMake = { 
/**
 * A folder; absent: the downloads folder.
 */
folder?: string, };

/**
 * Names a limit.
 */
export type LimitId = string;

/**
 * Which limits.
 */
export type LimitList = { 
/**
 * Of this application; absent: of all.
 */
application?: ApplicationId, };

/**
 * Names a limit.
 */
export type LimitRef = { 
/**
 * As listed.
 */
limit: LimitId, };

/**
 * A limit to set. One of the same kind gets the new amount and keeps its counts.
 */
export type LimitSet = { 
/**
 * Of which application.
 */
application: ApplicationId, 
/**
 * Of which AddOn; absent: of every call, those by a provider's own API included.
 */
addon?: Handle, 
/**
 * Whose calls count.
 */
whose: LimitWhose, 
/**
 * Which end user, for `one`. Kept as a keyed hash only.
 */
uid?: string, 
/**
 * After which time the count begins anew.
 */
period: Period, 
/**
 * What is counted.
 */
unit: Unit, 
/**
 * How much; money in millionths of a US dollar.
 */
amount: number, };

/**
 * A count.
 */
export type LimitStanding = { 
/**
 * Whose, as a pseudonym.
 */
who: string | null, 
/**
 * Used up.
 */
used: number, 
/**
 * Held for calls on their way.
 */
held: number, 
/**
 * The part of `used` that belongs to calls whose end was not seen, since the console was killed meanwhile.
 */
assumed: number, 
/**
 * What can still be had.
 */
left: number, };

/**
 * A limit, and how it stands.
 */
export type LimitView = { 
/**
 * Names it to `limit_remove`.
 */
id: LimitId, 
/**
 * Of which application.
 */
application: ApplicationId, 
/**
 * That application's name.
 */
application_name: string, 
/**
 * Of which AddOn; `null`: of every call.
 */
addon: Handle | null, 
/**
 * Whose calls count.
 */
whose: LimitWhose, 
/**
 * Which end user, for `one`, as a pseudonym.
 */
who: string | null, 
/**
 * After which time the count begins anew.
 */
period: Period, 
/**
 * What is counted.
 */
unit: Unit, 
/**
 * How much there is; money in millionths of a US dollar.
 */
amount: number, 
/**
 * When the count begins anew; `null`: never.
 */
resets: Timestamp | null, 
/**
 * How it stands; where each end user has a count, that of the one who used most.
 */
standing: LimitStanding, 
/**
 * The end users who used most, where each has a count: at most 20.
 */
people: Array<LimitStanding>, 
/**
 * How many end users have a count.
 */
people_count: number, };

/**
 * Whose calls a limit counts.
 */
export type LimitWhose = "everyone" | "each" | "one";

/**
 * When the vault locks by itself.
 */
export type LockPolicy = { 
/**
 * After so many minutes without an act and without a call: 1 to 1,440; 0 never.
 */
idle_minutes: number, 
/**
 * When the machine goes to sleep.
 */
on_suspend: boolean, };

/**
 * Whether `GET /metrics` answers.
 */
export type MetricsSet = { 
/**
 * Whether it does.
 */
on: boolean, };

/**
 * Metrics as they are.
 */
export type MetricsView = { 
/**
 * Whether `GET /metrics` answers.
 */
on: boolean, 
/**
 * Where it does, while the proxy runs.
 */
url: string | null, };

/**
 * A model's id as the provider spells it: 1 to 128 of `A-Z a-z 0-9 . _ : / -`.
 */
export type Model = string;

/**
 * A model worth offering.
 */
export type ModelChoice = { 
/**
 * The provider's id.
 */
id: string, 
/**
 * Why one would choose it ("cheap", "Beefree's choice").
 */
note: string, 
/**
 * US dollars per million tokens, in and out, or per image; dated in `docs/providers.md`.
 */
price: Price | null, };

/**
 * The models of a provider.
 */
export type ModelList = { 
/**
 * Those worth offering first, then the rest by name.
 */
items: Array<ModelView>, 
/**
 * Whether the provider was asked, now or in the last ten minutes; else these are the ones known beforehand.
 */
fetched: boolean, 
/**
 * Why it could not be asked.
 */
cause: Cause | null, };

/**
 * A model that can be chosen.
 */
export type ModelView = { 
/**
 * The provider's id.
 */
id: string, 
/**
 * Why one would choose it.
 */
note: string, 
/**
 * The last day, as `2027-01-14`, if there is one.
 */
retires_on: string | null, };

/**
 * The usual port was taken, so the next free one is used.
 */
export type Moved = { 
/**
 * The port that was taken.
 */
from: number, 
/**
 * By whom, where that can be known.
 */
owner?: string, };

/**
 * The network's settings, whole.
 */
export type NetworkSettings = { 
/**
 * Path of a PEM file with certificates to trust beside the operating system's.
 */
ca_file?: string, 
/**
 * The corporate proxy, such as `http://proxy.example:3128`; absent: as the environment says.
 */
proxy?: string, };

/**
 * The network's settings, and what is in force.
 */
export type NetworkView = { 
/**
 * The settings.
 */
settings: NetworkSettings, 
/**
 * The corporate proxy in force, as `host:port`, from the settings or the environment.
 */
through: string | null, 
/**
 * Why the settings are not in force, if they are not.
 */
problem: string | null, };

/**
 * No fields. As a request: nothing to say; as a reply: done.
 */
export type Nothing = Record<symbol, never>;

/**
 * What becomes of it.
 */
export type Outcome = "added" | "changed" | "unchanged" | "conflict";

/**
 * What the Overview shows.
 */
export type Overview = { 
/**
 * The vault.
 */
vault: VaultView, 
/**
 * The proxy.
 */
proxy: ProxyStatus, 
/**
 * Newest calls of all applications, newest first, at most 20.
 */
recent: Array<Activity>, 
/**
 * The product's version.
 */
version: string, };

/**
 * An address to be split.
 */
export type PastedUrl = { 
/**
 * The provider's type.
 */
kind: string, 
/**
 * What was pasted.
 */
url: string, };

/**
 * After which time a count begins anew.
 */
export type Period = "day" | "month" | "total";

/**
 * The port as it shall be.
 */
export type PortPin = { 
/**
 * The one port to use; absent: 23366, or the next that is free.
 */
port?: number, };

/**
 * The port as it is.
 */
export type PortView = { 
/**
 * The pinned port.
 */
pinned?: number, 
/**
 * How the proxy stands.
 */
proxy: ProxyStatus, };

/**
 * A link to the demo page.
 */
export type PreviewLink = { 
/**
 * Holds a one-time code, good for one browser.
 */
url: string, };

/**
 * The key before this one, kept for a while.
 */
export type PreviousKey = { 
/**
 * Its last characters.
 */
tail: KeyTail, 
/**
 * Until when.
 */
until: Timestamp, };

/**
 * What a model costs, in US dollars. Third-party figures (litellm 1.109.1), not the provider's bill.
 */
export type Price = { "tokens": [number, number] } | { "image": number } | { "characters": number };

/**
 * A price list to use from now on.
 */
export type PricesSet = { 
/**
 * The file; absent: back to this version's own list.
 */
path?: string, };

/**
 * The price list in force.
 */
export type PricesView = { 
/**
 * The day of its prices.
 */
as_of: string, 
/**
 * What to know about it.
 */
note: string, 
/**
 * Whether it is this version's own.
 */
built_in: boolean, };

/**
 * A new provider.
 */
export type ProviderAdd = { 
/**
 * For which application.
 */
application: ApplicationId, 
/**
 * 3 to 80 characters, unique within the application.
 */
name: string, 
/**
 * Its type.
 */
kind: string, 
/**
 * Its server; the type's own when absent.
 */
base_url?: string, 
/**
 * The model or deployment to ask; the type's own when absent.
 */
model?: string, 
/**
 * What else the type asks for, by the field's name.
 */
options?: { [key in string]: string }, 
/**
 * Consent to plain HTTP towards another machine.
 */
plain_http_allowed: boolean, 
/**
 * The staged key.
 */
key?: StagedKeyId, };

/**
 * One configured account at an AI provider. 
 */
export type ProviderId = string;

/**
 * Which AI provider an account is at, by the adapter's own word (`openai`, `anthropic`, `sandbox`, …).
 *
 * A word and not an enum: the registry of adapters decides what exists, so that a new one touches nothing here.
 */
export type ProviderKind = string;

/**
 * A provider type, with what a form needs to ask for.
 */
export type ProviderKindView = { 
/**
 * AddOns it can serve.
 */
addons: Array<Handle>, 
/**
 * The word it is stored under ([`domain::ProviderKind`]).
 */
kind: string, 
/**
 * Its name for people.
 */
title: string, 
/**
 * Whether it answers only with a key.
 */
key: KeyRule, 
/**
 * Where its server is unless the developer says otherwise; empty where only the developer knows. That of a
 * local one names no server.
 */
base_url: string, 
/**
 * What else to ask for, in the order of the form.
 */
fields: Array<Field>, 
/**
 * Models worth offering; any other id may be typed.
 */
models: Array<ModelChoice>, 
/**
 * The model asked when the developer chose none.
 */
default_model: string | null, 
/**
 * Models that are gone, or soon will be.
 */
retired: Array<Retirement>, 
/**
 * What it can do.
 */
capabilities: Array<Capability>, 
/**
 * How its keys look, as the end of a sentence ("begins with sk-"). A hint, never a rule: prefixes change.
 */
key_hint: string, 
/**
 * The same as a regular expression; empty where keys have no shape of their own.
 */
key_pattern: string, 
/**
 * Where to get a key.
 */
key_url: string, 
/**
 * Whether it answers on this machine, without any server.
 */
local: boolean, };

/**
 * Names a provider.
 */
export type ProviderRef = { 
/**
 * Which.
 */
provider: ProviderId, };

/**
 * A provider to be removed.
 */
export type ProviderRemove = { 
/**
 * Which.
 */
provider: ProviderId, 
/**
 * Rotate the vault key afterwards, so that old copies of the database cannot give the key back.
 */
shred: boolean, };

/**
 * A new key for a provider.
 */
export type ProviderReplaceKey = { 
/**
 * Which provider.
 */
provider: ProviderId, 
/**
 * The staged key.
 */
key: StagedKeyId, 
/**
 * Keep the old key so many hours, and return to it by itself if the new one is refused: 1 to 168; absent or 0:
 * the old key goes at once.
 */
overlap_hours?: number, };

/**
 * A provider to be switched on or off.
 */
export type ProviderSwitch = { 
/**
 * Which.
 */
provider: ProviderId, 
/**
 * Off: it is asked by nobody, and keeps its key.
 */
active: boolean, };

/**
 * What to test.
 */
export type ProviderTest = { "stored": ProviderId } | { "draft": ProviderAdd } | { "replacement": ProviderReplaceKey };

/**
 * Changes of a provider; what is absent stays. Its server and its key are bound together: see [`ProviderReplaceKey`].
 */
export type ProviderUpdate = { 
/**
 * Which provider.
 */
provider: ProviderId, 
/**
 * 3 to 80 characters, unique within the application.
 */
name?: string, 
/**
 * The model or deployment to ask; empty for the type's own.
 */
model?: string, 
/**
 * All the options.
 */
options?: { [key in string]: string }, };

/**
 * A provider.
 */
export type ProviderView = { 
/**
 * Identity.
 */
id: ProviderId, 
/**
 * Whose it is.
 */
application: ApplicationId, 
/**
 * Its name.
 */
name: string, 
/**
 * Its type.
 */
kind: string, 
/**
 * Its type's name.
 */
kind_title: string, 
/**
 * Its server; empty for a local one.
 */
base_url: string, 
/**
 * The model it is asked for.
 */
model: string | null, 
/**
 * What else its type asks for.
 */
options: { [key in string]: string }, 
/**
 * The last characters of its key; `null` when it has none, empty when nothing may be shown.
 */
key_tail: KeyTail | null, 
/**
 * Whether anything may ask it.
 */
active: boolean, 
/**
 * The key before this one, while both are kept.
 */
previous_key: PreviousKey | null, 
/**
 * Its sealed key does not open.
 */
damaged: boolean, 
/**
 * The failure that is on at it, on purpose.
 */
fault: ActiveFault | null, 
/**
 * The tapes that are recorded or played at it.
 */
tape: ActiveTape | null, 
/**
 * AddOns it serves.
 */
used_by: Array<Handle>, 
/**
 * The last test since the console started.
 */
last_test: TestReport | null, 
/**
 * When it was added.
 */
created: Timestamp, };

/**
 * Where to listen.
 */
export type ProxyStart = { 
/**
 * 0: any free port; absent: the pinned one, else 23366 or the next that is free.
 */
port?: number, };

/**
 * How the proxy stands.
 */
export type ProxyStatus = { "state": "stopped" } | { "state": "running", 
/**
 * `http://127.0.0.1:PORT`.
 */
url: string, 
/**
 * The port.
 */
port: number, 
/**
 * Why it is not the usual port.
 */
moved?: Moved, } | { "state": "failed", 
/**
 * The port it wanted.
 */
port: number, 
/**
 * Why, and what to do.
 */
message: string, };

/**
 * How much activity is kept. Whatever is beyond any of the three goes, oldest first.
 */
export type Retention = { 
/**
 * At most so many rows, 1,000 to 1,000,000.
 */
rows: number, 
/**
 * None older than so many days, 1 to 3,650.
 */
days: number, 
/**
 * None that would make the database larger than so many megabytes, 8 to 1,024.
 */
megabytes: number, };

/**
 * A model the provider switches off.
 */
export type Retirement = { 
/**
 * The provider's id.
 */
model: string, 
/**
 * The last day, as `2027-01-14`.
 */
on: string, };

/**
 * Which route a call took.
 */
export type Route = "text" | "metadata" | "alt-text" | "images" | "translate" | "summary" | "sms" | "agent" | "chat-completions" | "pass-through";

/**
 * Whether an entry is sealed into the chain.
 */
export type Seal = "sealed" | "pending" | "broken" | "unknown";

/**
 * Which session.
 */
export type SessionRef = { 
/**
 * As listed.
 */
session: string, };

/**
 * A session that lives.
 */
export type SessionView = { 
/**
 * Names it to `session_revoke`.
 */
id: string, 
/**
 * Whose pages it calls for.
 */
application: ApplicationId, 
/**
 * That application's name.
 */
application_name: string, 
/**
 * Which end user.
 */
uid: string, 
/**
 * The only origin it may be used from, as the demo page's.
 */
pinned: string | null, 
/**
 * When it was opened.
 */
login: Timestamp, 
/**
 * When its newest token was given out; a token lives 5 minutes.
 */
refreshed: Timestamp, 
/**
 * When it ends for good.
 */
ends: Timestamp, };

/**
 * One setting, in Beefree's own name.
 */
export type Setting = { 
/**
 * Beefree's name.
 */
name: string, 
/**
 * What it takes.
 */
of: SettingType, };

/**
 * The type of an AddOn's setting.
 */
export type SettingType = "switch" | "number" | "text" | "long-text" | "list";

/**
 * What a pasted address says.
 */
export type SplitUrl = { 
/**
 * The base URL in it; what was pasted, if the type has nothing to split.
 */
base_url: string, 
/**
 * The model or deployment it names.
 */
model: string | null, 
/**
 * Options it names.
 */
options: { [key in string]: string }, };

/**
 * A stage of the way to an answer, in its order.
 */
export type Stage = "name" | "tcp" | "tls" | "auth" | "model" | "capability" | "quota" | "first-byte";

/**
 * How a stage went.
 */
export type StageReport = { 
/**
 * Which.
 */
stage: Stage, 
/**
 * Why it failed; `None` if it passed.
 */
cause: Cause | null, };

/**
 * A staged key.
 */
export type StagedKey = { 
/**
 * Its name from now on.
 */
id: StagedKeyId, 
/**
 * What may be shown of it.
 */
tail: KeyTail, };

/**
 * Names a staged key.
 */
export type StagedKeyId = string;

/**
 * Names a staged key.
 */
export type StagedKeyRef = { 
/**
 * Which.
 */
key: StagedKeyId, };

/**
 * A secret in back-end memory, for 10 minutes or one use.
 */
export type StagedSecret = { 
/**
 * Its name from now on.
 */
id: StagedSecretId, };

/**
 * Names a staged secret: a passphrase or a recovery code, handed over as raw bytes (`secret_stage`).
 */
export type StagedSecretId = string;

/**
 * A staged secret to try.
 */
export type StagedSecretRef = { 
/**
 * Which.
 */
secret: StagedSecretId, };

/**
 * What kind of thing is changed.
 */
export type Subject = "console" | "application" | "provider" | "addon" | "key";

/**
 * A new set.
 */
export type TapeCreate = { 
/**
 * 3 to 80 characters, unique.
 */
name: string, };

/**
 * Where to write a set.
 */
export type TapeExport = { 
/**
 * Which set.
 */
set: TapeSetId, 
/**
 * The file; absent: a new one in the downloads folder.
 */
path?: string, 
/**
 * Write over a file that is there.
 */
replace: boolean, 
/**
 * The passphrase of the file.
 */
passphrase: StagedSecretId, };

/**
 * A file of tapes.
 */
export type TapeImport = { 
/**
 * The file.
 */
path: string, 
/**
 * Its passphrase.
 */
passphrase: StagedSecretId, 
/**
 * What to call the set here; absent: as the file does.
 */
name?: string, };

/**
 * Exchanges that were not recorded since the console started.
 */
export type TapeLost = { 
/**
 * How many.
 */
count: number, 
/**
 * Why the last one was not.
 */
why: Unrecorded, };

/**
 * A set's name: 3 to 80 characters.
 */
export type TapeName = string;

/**
 * A set is to answer in a provider's place.
 */
export type TapePlay = { 
/**
 * Which provider.
 */
provider: ProviderId, 
/**
 * Which set.
 */
set: TapeSetId, 
/**
 * At once; else in the time it took when it was recorded.
 */
fast: boolean, };

/**
 * What a provider answers is to be recorded.
 */
export type TapeRecord = { 
/**
 * Which provider.
 */
provider: ProviderId, 
/**
 * Into which set.
 */
set: TapeSetId, };

/**
 * Names a set of tapes.
 */
export type TapeRef = { 
/**
 * Which.
 */
set: TapeSetId, };

/**
 * A new name for a set.
 */
export type TapeRename = { 
/**
 * Which set.
 */
set: TapeSetId, 
/**
 * 3 to 80 characters, unique.
 */
name: string, };

/**
 * A set's identity.
 */
export type TapeSetId = string;

/**
 * A set.
 */
export type TapeSetView = { 
/**
 * Identity.
 */
id: TapeSetId, 
/**
 * Its name.
 */
name: TapeName, 
/**
 * When it was made or imported.
 */
created: Timestamp, 
/**
 * The types of the providers that answered.
 */
kinds: Array<string>, 
/**
 * How many exchanges it holds.
 */
exchanges: number, 
/**
 * Their bytes.
 */
bytes: number, 
/**
 * How many bytes it may hold.
 */
bytes_max: number, 
/**
 * When the newest was recorded.
 */
recorded: Timestamp | null, 
/**
 * Its key does not open: it can only be deleted.
 */
damaged: boolean, 
/**
 * Who uses it.
 */
users: Array<TapeUser>, 
/**
 * What was not recorded, if anything.
 */
lost: TapeLost | null, };

/**
 * What a provider does with a set.
 */
export type TapeUse = "record" | "play" | "play-fast";

/**
 * A provider that uses a set.
 */
export type TapeUser = { 
/**
 * Which.
 */
provider: ProviderId, 
/**
 * Its name.
 */
provider_name: string, 
/**
 * Whose it is.
 */
application: ApplicationId, 
/**
 * What it does with the set.
 */
does: TapeUse, 
/**
 * Since when.
 */
since: Timestamp, };

/**
 * How a test went.
 */
export type TestReport = { 
/**
 * Whether the provider can be used.
 */
ok: boolean, 
/**
 * The stages that were reached; only the last can have failed.
 */
stages: Array<StageReport>, 
/**
 * Why it failed.
 */
cause: Cause | null, 
/**
 * What came of it and what to do, for people.
 */
message: string, 
/**
 * How long it took, in milliseconds.
 */
took_ms: number, 
/**
 * From the real call to its first byte, in milliseconds.
 */
first_byte_ms: number | null, 
/**
 * Units left in the account, where the provider says.
 */
left: number | null, 
/**
 * The corporate proxy it went through, as `host:port`.
 */
through: string | null, 
/**
 * The last day of the chosen model, if it has one.
 */
retires_on: string | null, 
/**
 * When.
 */
at: Timestamp, };

/**
 * Milliseconds since 1970-01-01 UTC.
 */
export type Timestamp = number;

/**
 * Where the time went, in microseconds since the request was read. Absent: that point was not reached.
 */
export type Timings = { 
/**
 * The gate let the call through and the upstream request was built.
 */
admitted_us: number | null, 
/**
 * How long the plain key was in our hands: from unsealing until it was part of the request. The client then
 * holds it until it has written it.
 */
key_open_us: number | null, 
/**
 * The upstream request began.
 */
sent_us: number | null, 
/**
 * The first byte of upstream's body was there.
 */
first_byte_us: number | null, 
/**
 * The reply was handed over whole, or the call ended otherwise.
 */
total_us: number, };

/**
 * For whom a token is.
 */
export type TokenIssue = { 
/**
 * Which application.
 */
application: ApplicationId, 
/**
 * Which end user.
 */
uid: string, 
/**
 * From which origin it will be used; must be allowed for the application.
 */
origin: string, };

/**
 * Tokens as OpenAI names them, whatever the provider calls them.
 */
export type TokenUsage = { 
/**
 * Tokens of what was sent, cached ones included.
 */
prompt_tokens: number, 
/**
 * Tokens of the answer, reasoning included.
 */
completion_tokens: number, 
/**
 * Their sum.
 */
total_tokens: number, };

/**
 * What changed, so that a face reads only that again.
 */
export type Topic = "applications" | "addons" | "providers" | "network" | "audit" | "port" | "sessions" | "certificate" | "activity" | "limits" | "tapes";

/**
 * A browser's trust store.
 */
export type TrustView = { 
/**
 * Whose.
 */
browser: Browser, 
/**
 * Its directory.
 */
path: string, 
/**
 * Whether this CA is trusted there.
 */
trusted: boolean, };

/**
 * What a limit counts.
 */
export type Unit = "tokens" | "images" | "characters" | "money";

/**
 * Why an exchange was not recorded.
 */
export type Unrecorded = "too-large" | "compressed" | "set-full" | "vault-locked" | "not-written";

/**
 * By what usage is added up.
 */
export type UsageBy = "day" | "addon" | "provider" | "application";

/**
 * Usage as CSV (RFC 4180): a line for each day, application, AddOn, provider and model.
 */
export type UsageCsv = { 
/**
 * The file's text.
 */
text: string, 
/**
 * The file that was written, if one was.
 */
path: string | null, };

/**
 * Where to write usage as CSV.
 */
export type UsageExport = { 
/**
 * The last days, today included; absent: 30.
 */
days?: number, 
/**
 * Of this application; absent: of all.
 */
application?: ApplicationId, 
/**
 * Write a new file in the downloads folder; without it the text is given only.
 */
save: boolean, };

/**
 * What calls used and cost.
 */
export type UsageLine = { 
/**
 * The day as `2026-11-20`, the AddOn's handle, or an id; `pass-through` for calls by a provider's own API.
 */
key: string, 
/**
 * The same for people.
 */
name: string, 
/**
 * Calls that came to a provider.
 */
calls: number, 
/**
 * Tokens sent.
 */
prompt_tokens: number, 
/**
 * Tokens answered.
 */
completion_tokens: number, 
/**
 * Images made or described.
 */
images: number, 
/**
 * Characters translated.
 */
characters: number, 
/**
 * By the price list, in millionths of a US dollar; `null`: not known.
 */
cost: number | null, 
/**
 * Calls whose price is not known; `cost` is without them.
 */
unpriced: number, };

/**
 * Which usage.
 */
export type UsageList = { 
/**
 * By what it is added up.
 */
by: UsageBy, 
/**
 * The last days, today included; absent: 30.
 */
days?: number, 
/**
 * Of this application; absent: of all.
 */
application?: ApplicationId, };

/**
 * Usage, added up.
 */
export type UsageReport = { 
/**
 * Line by line; days oldest first, anything else by most calls.
 */
items: Array<UsageLine>, 
/**
 * All of it.
 */
total: UsageLine, 
/**
 * The day of the price list, as `2026-11-20`.
 */
prices_as_of: string, };

/**
 * The vault to be destroyed, with everything in it.
 */
export type VaultDestroy = { 
/**
 * The data directory, written out, so that nobody destroys another one by mistake.
 */
data_dir: string, };

/**
 * Where the vault key shall be kept from now on: the keyring, or a passphrase.
 */
export type VaultMove = { 
/**
 * The new passphrase; absent: the keyring.
 */
passphrase?: StagedSecretId, };

/**
 * How to get the vault key back.
 */
export type VaultRecover = { 
/**
 * The recovery kit's code.
 */
code: StagedSecretId, 
/**
 * Keep the vault key under this passphrase from now on; absent: where this console keeps it.
 */
passphrase?: StagedSecretId, };

/**
 * How to open the vault.
 */
export type VaultUnlock = { 
/**
 * The passphrase, if that is what keeps the vault key.
 */
passphrase?: StagedSecretId, };

/**
 * How the vault stands.
 */
export type VaultView = { 
/**
 * One of six states, never confused.
 */
state: CustodyState, 
/**
 * What keeps the vault key; while there is none yet, what would keep it.
 */
custody: CustodyKind, 
/**
 * The keyring was asked and has not answered yet.
 */
waiting: boolean, 
/**
 * Version of the vault key; each rotation adds one. `null` while there is none.
 */
key_version: number | null, 
/**
 * An old vault key still stands in its slot; it is removed at the next chance.
 */
unfinished: boolean, 
/**
 * When the recovery kit in force was made.
 */
kit_made: Timestamp | null, 
/**
 * Sealed keys that do not open; nothing of them is touched.
 */
damaged: Array<DamagedRecord>, 
/**
 * When it locks by itself.
 */
lock_policy: LockPolicy, };

/**
 * How a check went.
 */
export type Verdict = "ok" | "warning" | "problem";

/**
 * Through what an act was done.
 */
export type Who = "window" | "command-line" | "console";

/** Every command, its request and its reply. */
export type Commands = {
  /** State of vault and proxy, and the latest calls. */
  overview: { request: Nothing; reply: Overview };
  /** Every application. */
  application_list: { request: Nothing; reply: Items<ApplicationView> };
  /** Adds an application; the only reply that holds its client secret. */
  application_add: { request: ApplicationAdd; reply: ApplicationCreated };
  /** Renames an application, changes its type or allowed origins. */
  application_update: { request: ApplicationUpdate; reply: ApplicationView };
  /** Removes an application with its AddOns, providers and keys. */
  application_remove: { request: ApplicationRef; reply: Nothing };
  /** Makes a new client secret; the old one works for 24 hours more. */
  application_secret: { request: ApplicationRef; reply: ApplicationCreated };
  /** Lets an application work, or not. */
  application_enable: { request: ApplicationEnable; reply: ApplicationView };
  /** Lets its pages log in without the secret, or not; lets programs use its tokens, or not. */
  application_access: { request: ApplicationAccess; reply: ApplicationView };
  /** Marks an application as testing, or not: its sessions may then ask for faults by header. */
  application_testing: { request: ApplicationTesting; reply: ApplicationView };
  /** Every AddOn there is, and how it stands in an application. */
  addon_list: { request: ApplicationRef; reply: Items<AddOnView> };
  /** Installs an AddOn, switched off. */
  addon_install: { request: AddOnRef; reply: AddOnView };
  /** Switches an AddOn on or off, chooses its providers, sets its settings. */
  addon_update: { request: AddOnUpdate; reply: AddOnView };
  /** Removes an AddOn from an application. */
  addon_remove: { request: AddOnRef; reply: Nothing };
  /** Every provider type there is, with what its form needs. */
  provider_kinds: { request: Nothing; reply: Items<ProviderKindView> };
  /** An application's providers. */
  provider_list: { request: ApplicationRef; reply: Items<ProviderView> };
  /** Adds a provider, with a staged key where its type needs one. */
  provider_add: { request: ProviderAdd; reply: ProviderView };
  /** Changes a provider's name, model and options. */
  provider_update: { request: ProviderUpdate; reply: ProviderView };
  /** Splits an address pasted from a provider's pages. */
  provider_split_url: { request: PastedUrl; reply: SplitUrl };
  /** The models of a provider, stored or not saved yet. */
  provider_models: { request: ProviderTest; reply: ModelList };
  /** Seals a staged key in place of the stored one. */
  provider_replace_key: { request: ProviderReplaceKey; reply: ProviderView };
  /** Tests a provider stage by stage, stored or not saved yet. */
  provider_test: { request: ProviderTest; reply: TestReport };
  /** Returns to the key before, while that is kept. */
  provider_return_key: { request: ProviderRef; reply: ProviderView };
  /** Switches a provider on or off; its key stays. */
  provider_switch: { request: ProviderSwitch; reply: ProviderView };
  /** The failures that can be provoked. */
  fault_list: { request: FaultList; reply: Items<FaultView> };
  /** Switches a failure on at a provider, for all calls or the next few. */
  fault_set: { request: FaultSet; reply: ProviderView };
  /** Switches off what is on at a provider. */
  fault_clear: { request: ProviderRef; reply: ProviderView };
  /** Every set of tapes, and who uses it. */
  tape_list: { request: Nothing; reply: Items<TapeSetView> };
  /** Makes an empty set of tapes. */
  tape_create: { request: TapeCreate; reply: TapeSetView };
  /** Renames a set of tapes. */
  tape_rename: { request: TapeRename; reply: TapeSetView };
  /** Deletes a set of tapes with its key; one in use stays. */
  tape_delete: { request: TapeRef; reply: Nothing };
  /** Records what a provider answers, until it is stopped. */
  tape_record: { request: TapeRecord; reply: ProviderView };
  /** Lets tapes answer in a provider's place, without key and network. */
  tape_play: { request: TapePlay; reply: ProviderView };
  /** Ends recording or playing at a provider. */
  tape_stop: { request: ProviderRef; reply: ProviderView };
  /** Writes a set of tapes to a file under a passphrase. */
  tape_export: { request: TapeExport; reply: Exported };
  /** Takes a set of tapes from a file. */
  tape_import: { request: TapeImport; reply: TapeSetView };
  /** Removes a provider and its sealed key. */
  provider_remove: { request: ProviderRemove; reply: Nothing };
  /** Reads a key from the clipboard into back-end memory. */
  key_stage_clipboard: { request: Nothing; reply: StagedKey };
  /** Forgets a staged key. */
  key_discard: { request: StagedKeyRef; reply: Nothing };
  /** Starts the proxy. */
  proxy_start: { request: ProxyStart; reply: ProxyStatus };
  /** Stops the proxy; calls in flight are ended. */
  proxy_stop: { request: Nothing; reply: ProxyStatus };
  /** The proxy's port, pinned or not. */
  port_get: { request: Nothing; reply: PortView };
  /** Pins the proxy's port or lets it go; the proxy moves at once. */
  port_pin: { request: PortPin; reply: PortView };
  /** An application with the sandbox provider and every AddOn it serves on, made if it is not there. */
  demo_prepare: { request: Nothing; reply: ApplicationView };
  /** A one-time link to the demo page. */
  preview_link: { request: ApplicationRef; reply: PreviewLink };
  /** Opens the demo page in the system's browser. */
  preview_open: { request: ApplicationRef; reply: Nothing };
  /** A session token from the running proxy. */
  token_issue: { request: TokenIssue; reply: IssuedToken };
  /** Who is logged in, newest first. */
  session_list: { request: Nothing; reply: Items<SessionView> };
  /** Ends one session. */
  session_revoke: { request: SessionRef; reply: Nothing };
  /** Ends every session of an application, and every demo link to it. */
  session_revoke_all: { request: ApplicationRef; reply: Nothing };
  /** The newest calls. */
  activity_list: { request: ActivityList; reply: Items<Activity> };
  /** How much activity is kept, and how much there is. */
  activity_state: { request: Nothing; reply: ActivityState };
  /** Sets how much activity is kept, at once. */
  activity_retention: { request: Retention; reply: ActivityState };
  /** Whether the proxy tells metrics. */
  metrics_get: { request: Nothing; reply: MetricsView };
  /** Switches metrics on or off. */
  metrics_set: { request: MetricsSet; reply: MetricsView };
  /** Every limit, and how it stands. */
  limit_list: { request: LimitList; reply: Items<LimitView> };
  /** Sets a limit, or the amount of the one there is. */
  limit_set: { request: LimitSet; reply: LimitView };
  /** Removes a limit and its counts. */
  limit_remove: { request: LimitRef; reply: Nothing };
  /** What calls used and cost, added up. */
  usage_list: { request: UsageList; reply: UsageReport };
  /** The same as CSV. */
  usage_export: { request: UsageExport; reply: UsageCsv };
  /** The price list in force. */
  prices_get: { request: Nothing; reply: PricesView };
  /** Takes a price list from a file, or this version's own again. */
  prices_set: { request: PricesSet; reply: PricesView };
  /** CA file and corporate proxy. */
  network_get: { request: Nothing; reply: NetworkView };
  /** Sets CA file and corporate proxy, at once. */
  network_set: { request: NetworkSettings; reply: NetworkView };
  /** How the vault stands. */
  vault_status: { request: Nothing; reply: VaultView };
  /** Tries to open the vault, now or again. */
  vault_unlock: { request: VaultUnlock; reply: VaultView };
  /** Forgets the vault key until the next unlock. */
  vault_lock: { request: Nothing; reply: VaultView };
  /** When the vault locks by itself. */
  vault_lock_policy: { request: LockPolicy; reply: VaultView };
  /** Makes a new vault key and seals every key under it. */
  vault_rotate: { request: Nothing; reply: VaultView };
  /** Keeps the vault key elsewhere from now on; before the first key: will keep it there. */
  vault_move: { request: VaultMove; reply: VaultView };
  /** Gets the vault key back with the recovery kit's code. */
  vault_recover: { request: VaultRecover; reply: VaultView };
  /** Makes a recovery kit; an older one is good no more. */
  kit_make: { request: KitMake; reply: KitFiles };
  /** Shows the page of the kit just made, for printing. */
  kit_open: { request: Nothing; reply: Nothing };
  /** Deletes the files of the kit just made. */
  kit_forget: { request: Nothing; reply: Nothing };
  /** Whether a code is the one of the kit in force. */
  kit_check: { request: StagedSecretRef; reply: Nothing };
  /** Destroys the vault key, then everything that is stored; says first what the vault is called. */
  vault_destroy: { request: VaultDestroy; reply: Nothing };
  /** Writes all settings to a file, without keys and secrets. */
  settings_export: { request: ExportTo; reply: Exported };
  /** Writes all keys to a file under a passphrase, in the age format. */
  keys_export: { request: KeysExportTo; reply: Exported };
  /** What a file would change. */
  import_preview: { request: ImportFile; reply: ImportPreview };
  /** Applies a previewed import. */
  import_apply: { request: ImportRef; reply: Nothing };
  /** Asks a person for a file; says its path and reads nothing. */
  file_choose: { request: FileChoose; reply: FileChosen };
  /** Forgets a previewed import. */
  import_discard: { request: ImportRef; reply: Nothing };
  /** The newest entries of the audit chain. */
  audit_list: { request: AuditList; reply: Items<AuditEntryView> };
  /** Whether the audit chain is whole. */
  audit_verify: { request: Nothing; reply: AuditReport };
  /** The certificate for HTTPS on this machine, and who trusts it. */
  certificate_get: { request: Nothing; reply: CertificateView };
  /** Makes a certificate of its own CA, in place of the old one. */
  certificate_make: { request: Nothing; reply: CertificateView };
  /** Adds the CA to this user's browsers, where that can be done. */
  certificate_install: { request: Nothing; reply: CertificateView };
  /** Takes the CA out of this user's browsers and ends HTTPS. */
  certificate_remove: { request: Nothing; reply: CertificateView };
  /** Checks what stands between a host app and an answer. */
  doctor: { request: DoctorRequest; reply: DoctorReport };
};
