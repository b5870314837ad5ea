using Google.Protobuf;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using WebChat.Actors.Users.Avatars;
using WebChat.Edge.Errors;
using WebChat.Edge.Limits;
using WebChat.V1;

namespace WebChat.Edge.Http;

/// <summary>Reads <see cref="SetAvatarRequest"/> from <c>multipart/form-data</c>: a part <c>image</c> and a part <c>preview</c>. What their headers say of name and type is passed over.</summary>
internal static class AvatarForm
{
    /// <exception cref="RejectedException">It is no such form, or a part of it is too large.</exception>
    public static async Task<SetAvatarRequest> Read(HttpContext context)
    {
        var boundary = MediaTypeHeaderValue.TryParse(context.Request.ContentType, out var type) && type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
            ? HeaderUtilities.RemoveQuotes(type.Boundary).Value
            : null;
        if (string.IsNullOrEmpty(boundary))
            throw Unreadable();
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = SizeLimits.AvatarRequest;
        try
        {
            return await ReadParts(new(boundary, context.Request.Body), context.RequestAborted);
        }
        catch (Exception malformed) when (malformed is InvalidDataException || (malformed is IOException and not BadHttpRequestException && !context.RequestAborted.IsCancellationRequested))
        {
            throw Unreadable();
        }
    }

    private static async Task<SetAvatarRequest> ReadParts(MultipartReader reader, CancellationToken cancellation)
    {
        var request = new SetAvatarRequest();
        while (await reader.ReadNextSectionAsync(cancellation) is { } part)
        {
            switch (HeaderUtilities.RemoveQuotes(part.GetContentDispositionHeader()?.Name ?? default).Value)
            {
                case "image":
                    request.Image = await ReadPart(part.Body, ImageBounds.Picture, cancellation);
                    break;
                case "preview":
                    request.Preview = await ReadPart(part.Body, ImageBounds.Preview, cancellation);
                    break;
            }
        }

        return request;
    }

    // One byte more than is allowed is enough to be refused for it.
    private static async Task<ByteString> ReadPart(Stream body, ImageBounds bounds, CancellationToken cancellation)
    {
        using var part = new MemoryStream();
        var buffer = new byte[16 * 1_024];
        int length;
        while (part.Length <= bounds.MaxBytes && (length = await body.ReadAsync(buffer, cancellation)) > 0)
            part.Write(buffer, 0, length);
        return UnsafeByteOperations.UnsafeWrap(part.GetBuffer().AsMemory(0, (int)part.Length));
    }

    private static RejectedException Unreadable() =>
        new(new(Actors.ErrorCode.InvalidArgument, "The body must be multipart/form-data with the parts image and preview."));
}
