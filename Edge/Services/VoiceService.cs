using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;
using WebChat.Actors.Options;
using WebChat.Edge.Limits;
using WebChat.V1;

namespace WebChat.Edge.Services;

/// <summary>The configuration that two clients need for a voice call.</summary>
[Authorize]
[EnableRateLimiting(RateLimits.Reads)]
public sealed class VoiceService(IOptions<VoiceOptions> options, TimeProvider clock)
    : V1.VoiceService.VoiceServiceBase
{
    public override Task<IceServers> GetIceServers(GetIceServersRequest request, ServerCallContext context)
    {
        var voice = options.Value;
        var expiresAt = DateTimeOffset.FromUnixTimeSeconds((clock.GetUtcNow() + voice.TurnPasswordLifetime).ToUnixTimeSeconds());
        var answer = new IceServers { Servers = { voice.IceServers.Select(server => Of(server, voice.TurnSecret, expiresAt)) } };
        if (voice.IceServers.Any(server => server.TakesMadePassword))
            answer.ExpiresAt = expiresAt.ToTimestamp();
        return Task.FromResult(answer);
    }

    // As in the draft "A REST API For Access To TURN Services": the user name is the time at which the password expires, and the
    // password is the HMAC of that name. The name could also identify a user, but does not here.
    private static IceServer Of(IceServerOptions server, string secret, DateTimeOffset expiresAt)
    {
        var (username, credential) = (server.Username, server.Credential);
        if (server.TakesMadePassword)
        {
            username = expiresAt.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
            credential = Convert.ToBase64String(HMACSHA1.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(username)));
        }

        return new() { Urls = { server.Urls }, Username = username, Credential = credential };
    }
}
