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
/// Limits the size of JSON requests, and answers unreadable ones. Transcoding reads a request before any interceptor runs, and
/// its own errors have no details.
/// </summary>
internal static class JsonRequests
{
    // Transcoding refuses a request without a body where the method has one, even if all fields are optional.
    private static readonly byte[] EmptyMessage = "{}"u8.ToArray();

    /// <summary>Guards an endpoint of transcoding.</summary>
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

    /// <summary>Lets the answer to a readable request through.</summary>
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
            ? new(ErrorCode.TooLarge, $"The body must be at most {limit} bytes.")
            : new(ErrorCode.InvalidArgument, "The request cannot be read: its body must be application/json of the method's request, and its parameters must fit their fields."));
    }

    private sealed record Unread(Stream Body);
}
