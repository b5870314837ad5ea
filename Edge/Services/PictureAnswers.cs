using System.Security.Cryptography;
using Google.Api;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.Net.Http.Headers;
using WebChat.Actors;
using WebChat.Actors.Users.Pictures;
using WebChat.Edge.Errors;

namespace WebChat.Edge.Services;

/// <summary>Serves pictures; over HTTP as files that a browser only displays.</summary>
internal static class PictureAnswers
{
    /// <summary>Answers with a picture.</summary>
    /// <param name="context">The request.</param>
    /// <param name="picture">The picture; null if there is none.</param>
    /// <exception cref="RejectedException">There is none.</exception>
    public static async Task<HttpBody> AnswerPictureAsync(this ServerCallContext context, byte[]? picture)
    {
        if (picture is null)
            throw new RejectedException(new(ErrorCode.NotFound, "There is no picture."));
        var answer = new HttpBody { ContentType = ProfilePicture.MediaType, Data = UnsafeByteOperations.UnsafeWrap(picture) };
        var http = context.GetHttpContext();
        if (RpcErrors.IsGrpc(http.Request))
            return answer;
        var tag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(picture))}\"");
        var headers = http.Response.GetTypedHeaders();
        headers.ETag = tag;
        headers.ContentDisposition = new("attachment") { FileName = "avatar.webp" };
        // A room may change what it reveals: a browser may cache a picture, but must ask each time whether it may still show it.
        headers.CacheControl = new() { Private = true, NoCache = true };
        headers.Headers.Vary = HeaderNames.Authorization;
        headers.Headers.XContentTypeOptions = "nosniff";
        headers.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        headers.Headers["Cross-Origin-Resource-Policy"] = "same-origin";
        if (http.Request.GetTypedHeaders().IfNoneMatch.Any(known => known.Compare(tag, useStrongComparison: false)))
        {
            // Transcoding would answer 200 with a body unless the answer has begun.
            http.Response.StatusCode = StatusCodes.Status304NotModified;
            await http.Response.StartAsync(context.CancellationToken);
            http.Response.Body = Stream.Null;
        }

        return answer;
    }
}
