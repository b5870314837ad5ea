using System.Net.Mime;
using Microsoft.AspNetCore.Grpc.JsonTranscoding;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using WebChat.Actors;
using WebChat.Edge.Errors;
using WebChat.Edge.Limits;
using WebChat.V1;

namespace WebChat.Edge.Services;

/// <summary>
/// Bounds the requests of JSON transcoding, and answers those that it cannot read. Transcoding reads a request before any
/// interceptor runs, and writes an error of its own, without details, if that fails.
/// </summary>
internal static class JsonRequests
{
    // Transcoding refuses a request without a body where the method has one, even if no field of it is needed.
    private static readonly byte[] EmptyMessage = "{}"u8.ToArray();

    /// <summary>Guards an endpoint, if it is one of transcoding.</summary>
    public static void Guard(EndpointBuilder endpoint)
    {
        if (endpoint.RequestDelegate is not { } call || endpoint.Metadata.OfType<GrpcJsonTranscodingMetadata>().FirstOrDefault() is not { } method)
            return;
        var uploads = method.MethodDescriptor.InputType == SetAvatarRequest.Descriptor;
        endpoint.Metadata.Add(new RequestSizeLimitAttribute(uploads ? SizeLimits.PictureRequest : SizeLimits.Request));
        endpoint.RequestDelegate = context =>
        {
            if (!uploads && context.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: false })
                (context.Request.Body, context.Request.ContentType) = (new MemoryStream(EmptyMessage), MediaTypeNames.Application.Json);
            return AnswerAsync(context, call);
        };
    }

    /// <summary>Lets the answer of a request through, which has been read.</summary>
    public static void NoteRead(HttpContext context)
    {
        if (context.Features.Get<Unread>() is not { } unread)
            return;
        context.Response.Body = unread.Body;
        context.Features.Set<Unread>(null);
    }

    private static async Task AnswerAsync(HttpContext context, RequestDelegate call)
    {
        context.Response.Headers.CacheControl = "no-store";
        context.Features.Set(new Unread(context.Response.Body));
        context.Response.Body = Stream.Null;
        await call(context);
        if (context.Features.Get<Unread>() is null)
            return;
        NoteRead(context);
        var limit = context.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize;
        await RpcErrors.WriteAsync(context, context.Request.ContentLength > limit
            ? new(ErrorCode.TooLarge, $"The body must not be larger than {limit} bytes.")
            : new(ErrorCode.InvalidArgument, "The request could not be read: its body must be application/json as the method has it, its parameters must fit their fields."));
    }

    private sealed record Unread(Stream Body);
}
