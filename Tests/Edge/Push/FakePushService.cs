using System.Buffers.Binary;
using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using WebChat.V1;

namespace WebChat.Tests.Edge.Push;

/// <summary>A push service on a loopback port, and browsers that are subscribed at it. It reads what only a browser can read.</summary>
internal sealed class FakePushService : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, (Browser Browser, HttpStatusCode Status)> _browsers = new();
    private readonly WebApplication _app;

    private FakePushService(WebApplication app)
    {
        _app = app;
        app.Run(async context =>
        {
            var (browser, status) = _browsers[context.Request.Path];
            await browser.TakeAsync(context.Request);
            context.Response.StatusCode = (int)status;
        });
    }

    /// <summary>Its origin.</summary>
    public string Origin => _app.Urls.Single();

    public static async Task<FakePushService> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var service = new FakePushService(builder.Build());
        await service._app.StartAsync();
        return service;
    }

    /// <summary>A browser that has subscribed.</summary>
    /// <param name="status">The answer to each notification.</param>
    public Browser Subscribe(HttpStatusCode status = HttpStatusCode.Created)
    {
        var path = $"/{Guid.NewGuid():N}";
        var browser = new Browser(Origin + path);
        _browsers[path] = (browser, status);
        return browser;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    /// <summary>A browser: its keys, and the notifications that it got.</summary>
    public sealed class Browser(string endpoint)
    {
        private readonly ECDiffieHellman _key = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        private readonly byte[] _secret = RandomNumberGenerator.GetBytes(16);
        private readonly Channel<Notification> _notifications = Channel.CreateUnbounded<Notification>();

        public string Endpoint => endpoint;

        public ChannelReader<Notification> Notifications => _notifications.Reader;

        /// <summary>The subscription as JSON.</summary>
        public string Subscription(params PushSubscription.Types.Kind[] kinds) => JsonSerializer.Serialize(new
        {
            endpoint,
            p256dh = Base64Url.EncodeToString(Point(_key.ExportParameters(false))),
            auth = Base64Url.EncodeToString(_secret),
            kinds = kinds.Select(kind => kind.ToString().ToUpperInvariant()),
        });

        public async Task TakeAsync(HttpRequest request)
        {
            using var body = new MemoryStream();
            await request.Body.CopyToAsync(body);
            var headers = request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
            await _notifications.Writer.WriteAsync(new(Decrypt(body.ToArray()), headers));
        }

        // RFC 8188 with the keys of RFC 8291.
        private string Decrypt(byte[] body)
        {
            var salt = body[..16];
            Assert.True(BinaryPrimitives.ReadUInt32BigEndian(body.AsSpan(16)) >= body.Length - 86, "One record.");
            var sender = body[21..(21 + body[20])];
            using var other = ECDiffieHellman.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new() { X = sender[1..33], Y = sender[33..] } });
            var shared = _key.DeriveRawSecretAgreement(other.PublicKey);
            byte[] info = [.. "WebPush: info\0"u8, .. Point(_key.ExportParameters(false)), .. sender];
            var secret = HKDF.DeriveKey(HashAlgorithmName.SHA256, shared, 32, _secret, info);
            var key = HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, 16, salt, "Content-Encoding: aes128gcm\0"u8.ToArray());
            var nonce = HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, 12, salt, "Content-Encoding: nonce\0"u8.ToArray());
            var record = body.AsSpan(21 + body[20]);
            var plain = new byte[record.Length - 16];
            using var cipher = new AesGcm(key, 16);
            cipher.Decrypt(nonce, record[..^16], record[^16..], plain);
            return Encoding.UTF8.GetString(plain.AsSpan(0, plain.AsSpan().LastIndexOf((byte)2)));
        }

        private static byte[] Point(ECParameters key) => [4, .. key.Q.X!, .. key.Q.Y!];
    }

    /// <param name="Text">The decrypted content.</param>
    /// <param name="Headers">The headers of the request.</param>
    public sealed record Notification(string Text, IReadOnlyDictionary<string, string> Headers);
}
