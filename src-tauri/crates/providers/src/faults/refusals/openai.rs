//! Refusals in OpenAI's shape: its own, Azure OpenAI's, and those of servers that speak its dialect (Ollama, llama.cpp,
//! LM Studio, OpenRouter). Data only.

use domain::Fault;

use super::{Refusals, later, said};

pub(crate) const OPENAI: Refusals = &[
    // Without the key's echo: no key was sent.
    said(
        Fault::KeyRejected,
        401,
        r#"{"error":{"message":"Incorrect API key provided. You can find your API key at https://platform.openai.com/account/api-keys.","type":"invalid_request_error","param":null,"code":"invalid_api_key"}}"#,
    ),
    said(
        Fault::KeyRevoked,
        401,
        r#"{"error":{"message":"The OpenAI account associated with this API key has been deactivated. Please check your email for more information.","type":"invalid_request_error","param":null,"code":"account_deactivated"}}"#,
    ),
    said(
        Fault::PermissionDenied,
        401,
        r#"{"error":{"message":"You have insufficient permissions for this operation. Missing scopes: model.request.","type":"invalid_request_error","param":null,"code":null}}"#,
    ),
    said(
        Fault::QuotaExhausted,
        429,
        r#"{"error":{"message":"You exceeded your current quota, please check your plan and billing details.","type":"insufficient_quota","param":null,"code":"insufficient_quota"}}"#,
    ),
    said(
        Fault::SpendingLimit,
        400,
        r#"{"error":{"message":"Billing hard limit has been reached","type":"invalid_request_error","param":null,"code":"billing_hard_limit_reached"}}"#,
    ),
    said(
        Fault::RateLimited,
        429,
        r#"{"error":{"message":"Rate limit reached for requests. Limit: 3 / min. Please try again in 20s.","type":"requests","param":null,"code":"rate_limit_exceeded"}}"#,
    ),
    later(said(
        Fault::RateLimitedRetryAfter,
        429,
        r#"{"error":{"message":"Rate limit reached for requests. Limit: 3 / min. Please try again in 20s.","type":"requests","param":null,"code":"rate_limit_exceeded"}}"#,
    )),
    said(
        Fault::Overloaded,
        503,
        r#"{"error":{"message":"The engine is currently overloaded, please try again later.","type":"service_unavailable_error","param":null,"code":"server_is_overloaded"}}"#,
    ),
    said(
        Fault::ModelUnknown,
        404,
        r#"{"error":{"message":"The model `gpt-9` does not exist or you do not have access to it.","type":"invalid_request_error","param":null,"code":"model_not_found"}}"#,
    ),
    said(
        Fault::ModelRetired,
        404,
        r#"{"error":{"message":"The model `text-davinci-003` has been deprecated, learn more here: https://platform.openai.com/docs/deprecations","type":"invalid_request_error","param":null,"code":"model_not_found"}}"#,
    ),
    said(
        Fault::EndpointUnknown,
        404,
        r#"{"error":{"message":"Invalid URL (POST /v1/chat/completions/chat/completions)","type":"invalid_request_error","param":null,"code":null}}"#,
    ),
    said(
        Fault::RegionUnsupported,
        403,
        r#"{"error":{"message":"Country, region, or territory not supported","type":"request_forbidden","param":null,"code":"unsupported_country_region_territory"}}"#,
    ),
    said(
        Fault::CapabilityMissing,
        404,
        r#"{"error":{"message":"This is not a chat model and thus not supported in the v1/chat/completions endpoint.","type":"invalid_request_error","param":"model","code":null}}"#,
    ),
    said(
        Fault::ParameterUnsupported,
        400,
        r#"{"error":{"message":"Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.","type":"invalid_request_error","param":"max_tokens","code":"unsupported_parameter"}}"#,
    ),
    said(
        Fault::ContextTooLong,
        400,
        r#"{"error":{"message":"This model's maximum context length is 128000 tokens. However, your messages resulted in 130000 tokens.","type":"invalid_request_error","param":"messages","code":"context_length_exceeded"}}"#,
    ),
    said(
        Fault::ImageRejected,
        400,
        r#"{"error":{"message":"You uploaded an unsupported image.","type":"invalid_request_error","param":null,"code":"invalid_image_format"}}"#,
    ),
    said(
        Fault::ContentFiltered,
        400,
        r#"{"error":{"message":"Your request was rejected as a result of our safety system.","type":"invalid_request_error","param":null,"code":"content_policy_violation"}}"#,
    ),
    said(
        Fault::RequestRejected,
        400,
        r#"{"error":{"code":"decimal_below_min_value","message":"Invalid 'temperature': decimal below minimum value. Expected a value >= 0, but got -1 instead.","param":"temperature","type":"invalid_request_error"}}"#,
    ),
    said(
        Fault::ServerError,
        500,
        r#"{"error":{"message":"The server had an error while processing your request. Sorry about that!","type":"server_error","param":null,"code":null}}"#,
    ),
];

pub(crate) const AZURE_OPENAI: Refusals = &[
    said(
        Fault::KeyRejected,
        401,
        r#"{"error":{"code":"401","message":"Access denied due to invalid subscription key or wrong API endpoint. Make sure to provide a valid key for an active subscription and use a correct regional API endpoint for your resource."}}"#,
    ),
    // The gateway's words before a resource that is gone.
    said(
        Fault::KeyRevoked,
        401,
        r#"{"statusCode":401,"message":"Access denied due to invalid subscription key or wrong API endpoint. Make sure to provide a valid key for an active subscription and use a correct regional API endpoint for your resource."}"#,
    ),
    said(
        Fault::PermissionDenied,
        403,
        r#"{"error":{"code":"403","message":"Access denied due to Virtual Network/Firewall rules."}}"#,
    ),
    said(
        Fault::QuotaExhausted,
        429,
        r#"{"error":{"code":"insufficient_quota","message":"You exceeded your current quota, please check your plan and billing details."}}"#,
    ),
    said(
        Fault::SpendingLimit,
        403,
        r#"{"statusCode":403,"message":"Out of call volume quota. Quota will be replenished in 2.12:00:00."}"#,
    ),
    said(
        Fault::RateLimited,
        429,
        r#"{"error":{"code":"429","message":"Rate limit is exceeded. Try again in 2 seconds."}}"#,
    ),
    later(said(
        Fault::RateLimitedRetryAfter,
        429,
        r#"{"error":{"code":"429","message":"Rate limit is exceeded. Try again in 2 seconds."}}"#,
    )),
    said(
        Fault::Overloaded,
        503,
        r#"{"error":{"code":"ServiceUnavailable","message":"The service is temporarily unable to process your request."}}"#,
    ),
    said(
        Fault::ModelRetired,
        410,
        r#"{"error":{"code":"DeploymentDeprecated","message":"The deployment has been retired."}}"#,
    ),
    said(
        Fault::DeploymentUnknown,
        404,
        r#"{"error":{"code":"DeploymentNotFound","message":"The API deployment for this resource does not exist. If you created the deployment within the last 5 minutes, please wait a moment and try again."}}"#,
    ),
    said(Fault::EndpointUnknown, 404, r#"{"error":{"code":"404","message":"Resource not found"}}"#),
    said(
        Fault::CapabilityMissing,
        400,
        r#"{"error":{"code":"OperationNotSupported","message":"The chatCompletion operation does not work with the specified model, gpt-5-codex. Please choose different model and try again."}}"#,
    ),
    said(
        Fault::ParameterUnsupported,
        400,
        r#"{"error":{"message":"Unrecognized request argument supplied: stream_options. Please contact us through an Azure support request at: https://go.microsoft.com/fwlink/?linkid=2213926 for further questions.","type":"invalid_request_error","param":null,"code":null}}"#,
    ),
    said(
        Fault::ContextTooLong,
        400,
        r#"{"error":{"message":"This model's maximum context length is 8192 tokens.","type":"invalid_request_error","param":"messages","code":"context_length_exceeded"}}"#,
    ),
    said(
        Fault::ContentFiltered,
        400,
        r#"{"error":{"message":"The response was filtered due to the prompt triggering Azure OpenAI's content management policy.","type":null,"param":"prompt","code":"content_filter","status":400,"innererror":{"code":"ResponsibleAIPolicyViolation","content_filter_result":{"hate":{"filtered":true,"severity":"high"}}}}}"#,
    ),
    said(
        Fault::RequestTimeout,
        408,
        r#"{"error":{"code":"Timeout","message":"The operation was timeout."}}"#,
    ),
    said(
        Fault::ServerError,
        500,
        r#"{"error":{"code":"InternalServerError","message":"Backend returned unexpected response."}}"#,
    ),
];

pub(crate) const COMPATIBLE: Refusals = &[
    said(
        Fault::KeyRejected,
        401,
        r#"{"error":{"code":401,"message":"Invalid API Key","type":"authentication_error"}}"#,
    ),
    said(Fault::KeyRevoked, 401, r#"{"error":{"message":"User not found.","code":401}}"#),
    said(
        Fault::PermissionDenied,
        403,
        r#"{"error":{"message":"Your chosen model requires moderation and your input was flagged","code":403}}"#,
    ),
    said(
        Fault::QuotaExhausted,
        402,
        r#"{"error":{"message":"Insufficient credits. Add more using https://openrouter.ai/settings/credits","code":402}}"#,
    ),
    said(
        Fault::RateLimited,
        429,
        r#"{"error":{"message":"Rate limit exceeded: free-models-per-day","code":429}}"#,
    ),
    later(said(
        Fault::RateLimitedRetryAfter,
        429,
        r#"{"error":{"message":"Rate limit exceeded: free-models-per-day","code":429}}"#,
    )),
    said(
        Fault::Overloaded,
        503,
        r#"{"error":{"code":503,"message":"Loading model","type":"unavailable_error"}}"#,
    ),
    said(
        Fault::ModelUnknown,
        404,
        r#"{"error":{"message":"model \"llama9\" not found, try pulling it first","type":"api_error","param":null,"code":null}}"#,
    ),
    said(
        Fault::EndpointUnknown,
        404,
        r#"{"error":"Unexpected endpoint or method. (POST /chat/completions)"}"#,
    ),
    said(Fault::CapabilityMissing, 400, r#"{"error":"\"nomic-embed-text\" does not support chat"}"#),
    said(
        Fault::ContextTooLong,
        400,
        r#"{"error":{"code":400,"message":"the request exceeds the available context size, try increasing it","type":"exceed_context_size_error"}}"#,
    ),
    said(
        Fault::RequestRejected,
        400,
        r#"{"object":"error","message":"temperature must be non-negative","type":"BadRequestError","param":null,"code":400}"#,
    ),
    said(Fault::ServerError, 500, r#"{"error":"something broke"}"#),
];
