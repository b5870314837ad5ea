using System.Globalization;
using System.Net.Mime;
using Grpc.Core;
using Microsoft.AspNetCore.Grpc.JsonTranscoding;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using WebChat.Actors;
using WebChat.Edge.Errors;
using WebChat.Edge.Limits;
using WebChat.V1;

namespace WebChat.Edge.Services;

/// <summary>
/// Answers unreadable requests, and limits the size of JSON requests. The platform reads a request before any interceptor runs:
/// transcoding's own errors have no details, and gRPC's blame the server.
/// </summary>
internal static class RequestGuard
{
    // Transcoding refuses a request without a body where the method has one, even if all fields are optional.
    private static readonly byte[] EmptyMessage = "{}"u8.ToArray();

    /// <summary>Guards an endpoint of a service.</summary>
    public static void Guard(EndpointBuilder endpoint)
    {
        if (endpoint.RequestDelegate is not { } call)
            return;
        if (endpoint.Metadata.OfType<GrpcJsonTranscodingMetadata>().FirstOrDefault() is not { } method)
        {
            endpoint.RequestDelegate = context => AnswerGrpcAsync(context, call);
            return;
        }

        var uploads = method.MethodDescriptor.InputType == SetAvatarRequest.Descriptor;
        endpoint.Metadata.Add(new RequestSizeLimitAttribute(uploads ? SizeLimits.PictureRequest : SizeLimits.Request));
        endpoint.RequestDelegate = context =>
        {
            if (!uploads && context.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: false })
                (context.Request.Body, context.Request.ContentType) = (new MemoryStream(EmptyMessage), MediaTypeNames.Application.Json);
            return AnswerJsonAsync(context, call);
        };
    }

    /// <summary>Lets the answer to a readable request through.</summary>
    public static void NoteRead(HttpContext context)
    {
        if (context.Features.Get<Unread>() is not { } unread)
            return;
        if (unread.Body is { } body)
            context.Response.Body = body;
        context.Features.Set<Unread>(null);
    }

    private static async Task AnswerJsonAsync(HttpContext context, RequestDelegate call)
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

    private static async Task AnswerGrpcAsync(HttpContext context, RequestDelegate call)
    {
        context.Features.Set(new Unread(Body: null));
        await call(context);
        if (context.Features.Get<Unread>() is null || context.Response is { HasStarted: true } or { StatusCode: not StatusCodes.Status200OK } || !int.TryParse(context.Response.Headers["grpc-status"], CultureInfo.InvariantCulture, out var status))
            return;
        switch ((StatusCode)status)
        {
            case StatusCode.ResourceExhausted:
                await RpcErrors.WriteAsync(context, new(ErrorCode.TooLarge, "The request is too large."));
                break;
            case StatusCode.Internal or StatusCode.Unknown:
                await RpcErrors.WriteAsync(context, new(ErrorCode.InvalidArgument, "The request cannot be read: it must be one message of the method's request."));
                break;
        }
    }

    /// <param name="Body">The body of the response, which is hidden from the platform; null if it is not.</param>
    private sealed record Unread(Stream? Body);
}
