//! Refusals of Anthropic, Azure AI Vision, DeepL and Stability AI. Data only.

use domain::Fault;

use super::{Refusals, later, said};

pub(crate) const ANTHROPIC: Refusals = &[
    said(
        Fault::KeyRejected,
        401,
        r#"{"type":"error","error":{"type":"authentication_error","message":"invalid x-api-key"},"request_id":"req_1"}"#,
    ),
    said(
        Fault::KeyRevoked,
        400,
        r#"{"type":"error","error":{"type":"invalid_request_error","message":"This organization has been disabled."},"request_id":"req_1"}"#,
    ),
    said(
        Fault::PermissionDenied,
        403,
        r#"{"type":"error","error":{"type":"permission_error","message":"Your API key does not have permission to use the specified resource."},"request_id":"req_1"}"#,
    ),
    said(
        Fault::QuotaExhausted,
        400,
        r#"{"type":"error","error":{"type":"invalid_request_error","message":"Your credit balance is too low to access the Anthropic API. Please go to Plans & Billing to upgrade or purchase credits."},"request_id":"req_1"}"#,
    ),
    said(
        Fault::SpendingLimit,
        400,
        r#"{"type":"error","error":{"type":"invalid_request_error","message":"You have reached your specified API usage limits. You will regain access on 2026-12-01 at 00:00 UTC."},"request_id":"req_1"}"#,
    ),
    said(
        Fault::RateLimited,
        429,
        r#"{"type":"error","error":{"type":"rate_limit_error","message":"This request would exceed your organization's rate limit of 50,000 input tokens per minute."},"request_id":"req_1"}"#,
    ),
    later(said(
        Fault::RateLimitedRetryAfter,
        429,
        r#"{"type":"error","error":{"type":"rate_limit_error","message":"This request would exceed your organization's rate limit of 50,000 input tokens per minute."},"request_id":"req_1"}"#,
    )),
    said(
        Fault::Overloaded,
        529,
        r#"{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"},"request_id":"req_1"}"#,
    ),
    said(
        Fault::ModelUnknown,
        404,
        r#"{"error":{"message":"model: claude-does-not-exist","type":"not_found_error"},"request_id":"req_011CVEA3SF7rnb3DuBZytqQa","type":"error"}"#,
    ),
    said(
        Fault::ModelRetired,
        404,
        r#"{"type":"error","error":{"type":"not_found_error","message":"The model claude-2.1 has been retired."},"request_id":"req_1"}"#,
    ),
    said(
        Fault::EndpointUnknown,
        404,
        r#"{"type":"error","error":{"type":"not_found_error","message":"Not Found"},"request_id":"req_1"}"#,
    ),
    said(
        Fault::ParameterUnsupported,
        400,
        r#"{"type":"error","error":{"type":"invalid_request_error","message":"`temperature` is deprecated for this model."},"request_id":"req_1"}"#,
    ),
    said(
        Fault::ContextTooLong,
        400,
        r#"{"type":"error","error":{"type":"invalid_request_error","message":"prompt is too long: 208310 tokens > 200000 maximum"},"request_id":"req_1"}"#,
    ),
    said(
        Fault::ImageRejected,
        400,
        r#"{"type":"error","error":{"type":"invalid_request_error","message":"messages.0.content.0.image.source.base64: image exceeds 5 MB maximum: 6000000 bytes > 5242880 bytes"},"request_id":"req_1"}"#,
    ),
    said(
        Fault::RequestRejected,
        400,
        r#"{"type":"error","error":{"type":"invalid_request_error","message":"max_tokens: Field required"},"request_id":"req_1"}"#,
    ),
    said(
        Fault::RequestTooLarge,
        413,
        r#"{"type":"error","error":{"type":"request_too_large","message":"Request exceeds the maximum size"},"request_id":"req_1"}"#,
    ),
    said(
        Fault::ServerError,
        500,
        r#"{"type":"error","error":{"type":"api_error","message":"Internal server error"},"request_id":"req_1"}"#,
    ),
    said(
        Fault::GatewayTimeout,
        504,
        r#"{"type":"error","error":{"type":"timeout_error","message":"Request timed out."},"request_id":"req_1"}"#,
    ),
];

pub(crate) const AZURE_VISION: Refusals = &[
    said(
        Fault::KeyRejected,
        401,
        r#"{"error":{"code":"401","message":"Access denied due to invalid subscription key or wrong API endpoint. Make sure to provide a valid key for an active subscription and use a correct regional API endpoint for your resource."}}"#,
    ),
    said(
        Fault::PermissionDenied,
        403,
        r#"{"error":{"code":"403","message":"Access denied due to Virtual Network/Firewall rules."}}"#,
    ),
    said(
        Fault::QuotaExhausted,
        403,
        r#"{"error":{"code":"403","message":"Out of call volume quota for ComputerVision.F0 pricing tier. Please retry after 11 days."}}"#,
    ),
    said(
        Fault::RateLimited,
        429,
        r#"{"error":{"code":"429","message":"Requests to the ImageAnalysis_Analyze Operation have exceeded call rate limit of your current ComputerVision F0 pricing tier. Please retry after 26 seconds."}}"#,
    ),
    later(said(
        Fault::RateLimitedRetryAfter,
        429,
        r#"{"error":{"code":"429","message":"Requests to the ImageAnalysis_Analyze Operation have exceeded call rate limit of your current ComputerVision F0 pricing tier. Please retry after 26 seconds."}}"#,
    )),
    said(Fault::EndpointUnknown, 404, r#"{"error":{"code":"404","message":"Resource not found"}}"#),
    said(
        Fault::RegionUnsupported,
        400,
        r#"{"error":{"code":"InvalidRequest","message":"The feature 'DenseCaptions' is not supported in this region."}}"#,
    ),
    said(
        Fault::ImageRejected,
        400,
        r#"{"error":{"code":"InvalidRequest","message":"The image dimension is not allowed to be smaller than 50 and larger than 16000.","innererror":{"code":"InvalidImageSize","message":"The image dimension is not allowed to be smaller than 50 and larger than 16000."}}}"#,
    ),
    said(
        Fault::RequestRejected,
        400,
        r#"{"error":{"code":"InvalidRequest","message":"The value of features is invalid."}}"#,
    ),
    said(
        Fault::ServerError,
        500,
        r#"{"error":{"code":"InternalServerError","message":"Internal server error."}}"#,
    ),
];

pub(crate) const DEEPL: Refusals = &[
    // No body: recorded at DeepL's own mock server.
    said(Fault::KeyRejected, 403, ""),
    said(
        Fault::PermissionDenied,
        403,
        r#"{"message":"The API key does not have the scope required for this endpoint."}"#,
    ),
    said(Fault::WrongEndpoint, 403, r#"{"message":"Wrong endpoint. Use https://api-free.deepl.com"}"#),
    said(Fault::QuotaExhausted, 456, r#"{"message":"Quota for this billing period has been exceeded."}"#),
    said(Fault::RateLimited, 429, r#"{"message":"Too many requests. Please wait and resend your request."}"#),
    later(said(
        Fault::RateLimitedRetryAfter,
        429,
        r#"{"message":"Too many requests. Please wait and resend your request."}"#,
    )),
    // Its own 529 means "too many requests" too.
    said(Fault::Overloaded, 529, r#"{"message":"Too many requests. Please wait and resend your request."}"#),
    said(Fault::EndpointUnknown, 404, ""),
    said(Fault::LanguageUnsupported, 400, r#"{"message":"Value for 'target_lang' not supported."}"#),
    said(Fault::ContextTooLong, 413, r#"{"message":"The request size exceeds the limit."}"#),
    said(Fault::RequestRejected, 400, r#"{"message":"Parameter 'text' not specified."}"#),
    said(Fault::ServerError, 500, ""),
];

pub(crate) const STABILITY: Refusals = &[
    said(
        Fault::KeyRejected,
        401,
        r#"{"id":"1","name":"unauthorized","errors":["authorization: invalid or missing header value"]}"#,
    ),
    said(
        Fault::PermissionDenied,
        403,
        r#"{"id":"1","name":"permission_denied","message":"You lack the necessary permissions to perform this action"}"#,
    ),
    said(
        Fault::QuotaExhausted,
        402,
        r#"{"id":"1","name":"payment_required","errors":["You lack sufficient credits to make this request."]}"#,
    ),
    said(
        Fault::RateLimited,
        429,
        r#"{"id":"rate_limit_exceeded","name":"rate_limit_exceeded","errors":["You have exceeded the rate limit of 150 requests within a 10 second period, and have been timed out for 60 seconds."]}"#,
    ),
    later(said(
        Fault::RateLimitedRetryAfter,
        429,
        r#"{"id":"rate_limit_exceeded","name":"rate_limit_exceeded","errors":["You have exceeded the rate limit of 150 requests within a 10 second period, and have been timed out for 60 seconds."]}"#,
    )),
    said(
        Fault::ModelUnknown,
        404,
        r#"{"id":"1","name":"not_found","message":"The specified engine (ID some-fake-engine) was not found"}"#,
    ),
    said(Fault::EndpointUnknown, 404, "404 page not found"),
    said(
        Fault::LanguageUnsupported,
        422,
        r#"{"id":"ff54b236a3acdde1522cb1ba641c43ed","name":"invalid_language","errors":["English is the only supported language for this service."]}"#,
    ),
    said(
        Fault::ContentFiltered,
        403,
        r#"{"id":"ed14db44362126aab3cbd25cca51ffe3","name":"content_moderation","errors":["Your request was flagged by our content moderation system, as a result your request was denied and you were not charged."]}"#,
    ),
    said(
        Fault::RequestRejected,
        400,
        r#"{"id":"a1b2c3d4e5f6a1b2c3d4e5f6a1b2c3d4","name":"bad_request","errors":["some-field: is required"]}"#,
    ),
    said(
        Fault::RequestTooLarge,
        413,
        r#"{"id":"4212a4b66fbe1cedca4bf2133d35dca5","name":"payload_too_large","errors":["body: payloads cannot be larger than 10MiB in size"]}"#,
    ),
    said(
        Fault::ServerError,
        500,
        r#"{"id":"2a1b2d4eafe2bc6ab4cd4d5c6133f513","name":"internal_error","errors":["An unexpected server error has occurred, please try again later."]}"#,
    ),
];
