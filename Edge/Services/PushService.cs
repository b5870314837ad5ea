using System.Buffers.Text;
using System.Security.Cryptography;
using Grpc.Core;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;
using WebChat.Actors;
using WebChat.Actors.Hosting;
using WebChat.Actors.Options;
using WebChat.Actors.Push;
using WebChat.Actors.Users;
using WebChat.Edge.Errors;
using WebChat.Edge.Limits;
using WebChat.V1;

namespace WebChat.Edge.Services;

/// <summary>The browser of the caller's login that is notified while no session is connected.</summary>
[Authorize]
[EnableRateLimiting(RateLimits.Writes)]
public sealed class PushService(Region<UserRegion> users, PushKeys keys, IOptions<PushOptions> options) : V1.PushService.PushServiceBase
{
    private const int LongestEndpoint = 1_000;
    private const int PointLength = 65;
    private const int SecretLength = 16;

    [EnableRateLimiting(RateLimits.Reads)]
    public override Task<PushKey> GetPushKey(GetPushKeyRequest request, ServerCallContext context) => Task.FromResult(new PushKey { PublicKey = keys.Public });

    public override async Task<SubscribePushResponse> SubscribePush(PushSubscription request, ServerCallContext context)
    {
        if (request.Endpoint.Length > LongestEndpoint || !options.Value.Allows(request.Endpoint))
            throw RejectedException.Invalid("endpoint", "must be an address of a known push service");
        if (Decoded(request.P256Dh, PointLength) is not { } point || !IsPoint(point))
            throw RejectedException.Invalid("p256dh", "must be a point of P-256 in base64url");
        if (Decoded(request.Auth, SecretLength) is not { } secret)
            throw RejectedException.Invalid("auth", $"must be {SecretLength} bytes in base64url");
        if (request.Kinds.Any(kind => kind == PushSubscription.Types.Kind.Unspecified || !Enum.IsDefined(kind)))
            throw RejectedException.Invalid("kinds", "has an unknown kind");
        var kinds = request.Kinds.Distinct().Order().ToList();
        var subscription = new PushSubscription { Endpoint = request.Endpoint, P256Dh = Base64Url.EncodeToString(point), Auth = Base64Url.EncodeToString(secret), Kinds = { kinds } };
        var caller = context.Identity();
        await users.Ask<Done>(new UserCommands.SubscribePush(caller.User, caller.Family, subscription), context.CancellationToken);
        return new();
    }

    public override async Task<UnsubscribePushResponse> UnsubscribePush(UnsubscribePushRequest request, ServerCallContext context)
    {
        var caller = context.Identity();
        await users.Ask<Done>(new UserCommands.UnsubscribePush(caller.User, caller.Family), context.CancellationToken);
        return new();
    }

    private static byte[]? Decoded(string text, int length)
    {
        var bytes = new byte[length];
        return Base64Url.IsValid(text, out var decoded) && decoded == length && Base64Url.TryDecodeFromChars(text, bytes, out _) ? bytes : null;
    }

    private static bool IsPoint(byte[] bytes)
    {
        if (bytes[0] != 4)
            return false;
        try
        {
            using var key = ECDiffieHellman.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new() { X = bytes[1..33], Y = bytes[33..] } });
            return true;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }
}
