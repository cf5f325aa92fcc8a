// English texts. The keys are Beefree's where Beefree has one; the rest are ours.
// It must hold exactly the same keys as every other language file.

export const en = {
  "config-label": "Write with AI",
  "header-title": "AI {module} Assistant",
  "welcome-header-title": "AI Assistant can help you write faster and more effectively",
  "module-title": "Title",
  "module-paragraph": "Paragraph",
  "module-list": "List",
  "module-button": "Button",

  "welcome-heading-title": "Let’s find the right title",
  "welcome-heading-subtitle": "Say what it should announce. For example:",
  "welcome-heading-example":
    "A title for [event] that makes people curious\nAnnounce [product] in at most six words\nA question about [topic]",
  "welcome-body-title": "Let’s write this paragraph",
  "welcome-body-subtitle": "Say what it is about and for whom. For example:",
  "welcome-example":
    "Invite customers to [event], with date and place\nThree sentences on why [product] saves time\nThank new subscribers and say what comes next",
  "welcome-list-title": "Let’s make a list",
  "welcome-list-subtitle": "Say what to collect. For example:",
  "welcome-list-example":
    "Five reasons to visit [place]\nThe steps to set up [product]\nWhat is new in [season]",
  "welcome-button-title": "Let’s name this button",
  "welcome-button-subtitle": "Say what happens after the click. For example:",
  "welcome-button-example":
    "Send people to our [season] sale\nA friendly way to say “[action]”\nBook a seat for [event]",

  "pin-label": "You are working on AI with your {module} module",
  restart: "Restart with a new topic",
  placeholder: "What would you like to write about?",
  generate: "Generate",
  regenerate: "Regenerate",
  apply: "Apply",
  applied: "Applied",
  stop: "Stop",
  stopped: "Stopped",
  close: "Close",
  locked: "Locked for your role",
  "clear-results": "Clear results",
  working: "Working on it",
  "answer-ready": "Answer: {content}",
  "your-prompt": "Your prompt",
  "suggestions-label": "Suggestions",
  "bracket-hint": "Replace {bracket} with your own words before you generate.",
  "sandbox-badge": "Sandbox",
  "sandbox-hint": "Built-in sandbox: no AI provider was called.",

  "brand-tone": "Brand tone",
  "brand-tone-none": "None",

  "token-label": "tokens",
  "token-usage": "{tokensUsed}/{tokensAvailable} {tokenLabel}",
  "no-token-message": "You're out of {tokenLabel}. {ctaLabel} to continue.",
  "low-token-message": "You have used {tokensUsed} of {tokensAvailable} {tokenLabel}. {ctaLabel}",
  "upsell-cta": "Purchase more",
  "upsell-waiting": "Waiting for the other window",

  "suggest-check-spelling": "Spell-check the content",
  "suggest-correct-grammar": "Correct grammar mistakes in the content",
  "suggest-correct-grammar-list": "Correct grammar mistakes and return the content",
  "suggest-translate": "Translate content to [language]",
  "suggest-translate-button": "Translate the button label to [language]",
  "suggest-translate-heading": "Translate it to [language]",
  "suggest-adjust-tone": "Make it [tone] without changing the format",
  "suggest-make-it-tone": "Make it [tone]",
  "suggest-use-active-voice": "Use Active Voice",
  "suggest-summarize-text": "Summarize the content",
  "suggest-convert-third-person": "Convert the content to the third person without changing the format",
  "suggest-lowercase-text": "Use lowercase",
  "suggest-titlecase-text": "Use title case",
  "suggest-use-all-caps": "Use ALL CAPS",
  "suggest-capitalize-text": "Capitalize all letters",
  "suggest-capitalize-all-words": "Capitalize the first letter of each word",
  "characters-length": "Make it [number] words long",
  "suggest-characters-length": "Set length to approx [number] characters",

  "alt-wand": "Alternate text with AI",
  "alt-generate": "Generate alt text",
  "alt-bulk": "Generate in bulk",
  "create-label": "Create with AI",
  "images-left": "{count} images left",
  "meta-all": "Generate all details",
  "meta-only-subject": "Generate subject only",
  "meta-only-preheader": "Generate preheader only",
  "meta-only-title": "Generate title only",
  "meta-only-description": "Generate description only",
  "agent-label": "AI Co-Pilot",

  "error-title": "AI assistant is currently unavailable.",
  "error-subtitle": "Please try again later.",
  "cause-generic":
    "Something failed between the proxy and the AI provider. The activity list in AddOn Console has more.",
  "cause-token":
    "This page’s session is not valid for the proxy. The host app has to log in and pass the new token on.",
  "cause-session-over":
    "The session is over. The host app has to log in again; here, open the preview once more from AddOn Console.",
  "cause-origin-not-allowed":
    "The proxy does not let {origin} in. Add it in AddOn Console, under Applications, Allowed origins.",
  "cause-host-not-allowed":
    "The proxy was called by a name it does not accept. Use {proxyUrl} as its address.",
  "cause-body-invalid": "The proxy could not read this request.",
  "cause-body-too-large": "This is too much text for one request. Shorten it or clear the results.",
  "cause-application-disabled":
    "This application is disabled. Enable it in AddOn Console, under Applications.",
  "cause-addon-disabled":
    "This AddOn is off for this application. Switch it on in AddOn Console, under AddOns.",
  "cause-no-provider": "No AI provider is chosen for this AddOn. Choose one in AddOn Console, under AddOns.",
  "cause-vault-locked": "The vault with the API keys is locked. Unlock it in AddOn Console.",
  "cause-key-missing": "The AI provider has no API key yet. Enter it in AddOn Console, under Providers.",
  "cause-key-rejected": "The AI provider refused the API key. Replace it in AddOn Console, under Providers.",
  "cause-rate-limited": "The AI provider is receiving too many requests. Wait a moment, then try again.",
  "cause-rate-limited-wait":
    "The AI provider is receiving too many requests. Try again in {seconds} seconds.",
  "cause-limit-reached":
    "The limit for this assistant is reached. Ask whoever runs this application, or try again later.",
  "cause-quota-exhausted": "The account at the AI provider has no credit left, or a limit is used up.",
  "cause-upstream-unreachable":
    "The proxy could not reach the AI provider. Check the network and the provider’s address.",
  "cause-upstream-timeout": "The AI provider took too long to answer.",
  "cause-upstream-error": "The AI provider reported a fault of its own.",
  "cause-permission-denied":
    "The API key is real but may not do this. Check its permissions at the AI provider.",
  "cause-key-damaged":
    "The stored API key does not open any more. Enter it again in AddOn Console, under Providers.",
  "cause-upstream-tls": "This machine does not trust the AI provider’s certificate.",
  "cause-upstream-redirect":
    "The AI provider’s address answers with a redirect. Check it in AddOn Console, under Providers.",
  "cause-upstream-overloaded": "The AI provider is overloaded. Try again in a moment.",
  "cause-upstream-rejected": "The AI provider refused this request.",
  "cause-destination-refused": "The AI provider’s address is not one the proxy may call.",
  "cause-reply-invalid":
    "The AI provider’s answer could not be read. Check its address in AddOn Console, under Providers.",
  "cause-reply-too-large": "The AI provider’s answer is too large.",
  "cause-busy": "The proxy has too many calls open. Try again in a moment.",
  "cause-stream-cut": "The answer was cut off before its end.",
  "cause-answer-empty": "The AI provider sent an empty answer.",
  "cause-content-filtered": "The AI provider’s content filter stopped this request. Word it differently.",
  "cause-model-unknown":
    "The AI provider does not know the chosen model. Check it in AddOn Console, under Providers.",
  "cause-model-retired":
    "The AI provider has retired the chosen model. Choose another in AddOn Console, under Providers.",
  "cause-capability-missing":
    "The chosen model cannot do this. Choose another in AddOn Console, under Providers.",
  "cause-context-too-long": "This is more text than the model can read.",
  "cause-image-unreachable":
    "The proxy could not fetch the image. Its address must be public or of an allowed origin.",
  "cause-image-unsupported": "Only PNG, JPEG, GIF and WebP images up to 20 MB can be read.",
  "cause-image-rejected": "The AI provider cannot read this image.",
  "cause-template-invalid": "The template holds nothing the AI could work on.",
  "cause-translation-failed": "A translated text lost a merge tag, so nothing was changed.",
  "cause-language-unsupported": "The provider does not translate into this language.",
  "cause-translation-running": "Another translation is still running.",
  "cause-part-missing": "A part of the AddOn could not be loaded from {proxyUrl}.",
  "cause-endpoint-unknown":
    "The AI provider’s address is not right. Check it in AddOn Console, under Providers.",

  "reach-reachable":
    "The proxy at {proxyUrl} answers, but this request did not get through. Check that {origin} is an allowed origin, then try again.",
  "reach-not-running": "Nothing answers at {proxyUrl}. Start AddOn Console or run “addonctl serve”.",
  "reach-mixed-content":
    "This page is served over https, and the browser lets it call no http address such as {proxyUrl}. Open the page over http, or use the proxy’s https address.",
  "reach-permission-denied":
    "The browser does not let this page reach apps on this device. Allow it in the site settings next to the address, then reload.",
  "reach-permission-open":
    "The browser asks whether this page may reach apps on this device. Answer “Allow”, then try again.",
  "reach-frame-policy":
    'This page runs inside another page that keeps it from apps on this device. The outer page must add allow="loopback-network" to the iframe.',
  "reach-page-policy":
    "This page’s own Content-Security-Policy blocks {proxyUrl}. Add that address to its connect-src.",
};
