using System.Net;
using Lib.Net.Http.WebPush;
using Lib.Net.Http.WebPush.Authentication;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using WebChat.Actors.Options;
using Kind = WebChat.V1.PushSubscription.Types.Kind;

namespace WebChat.Actors.Push;

/// <summary>Sends notifications to browsers by Web Push: encrypted for the browser, and signed with the server's key.</summary>
public sealed partial class PushSender : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan KeptFor = TimeSpan.FromDays(1);

    private readonly PushKeys _keys;
    private readonly PushOptions _options;
    private readonly VoiceOptions _voice;
    private readonly ILogger<PushSender> _log;

    // The address comes from a client: a redirect could lead anywhere.
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, ConnectTimeout = Limit }) { Timeout = Limit };

    public PushSender(PushKeys keys, IOptions<PushOptions> options, IOptions<VoiceOptions> voice, ILogger<PushSender> log)
    {
        _keys = keys;
        _options = options.Value;
        _voice = voice.Value;
        _log = log;
    }

    /// <summary>Sends the kind and the count, and nothing else.</summary>
    /// <returns>Whether the subscription may still be used: false if the push service has forgotten it. A failure is logged, and the notification is lost.</returns>
    public async Task<bool> SendAsync(V1.PushSubscription to, Kind kind, int count, CancellationToken cancellationToken)
    {
        if (!_options.Allows(to.Endpoint))
            return false;
        var subscription = new PushSubscription { Endpoint = to.Endpoint };
        subscription.SetKey(PushEncryptionKeyName.P256DH, to.P256Dh);
        subscription.SetKey(PushEncryptionKeyName.Auth, to.Auth);
        var name = kind.ToString().ToLowerInvariant();
        var message = new PushMessage($$"""{"kind":"{{name}}","count":{{count}}}""")
        {
            Topic = name, // a push service that has not delivered the last one replaces it
            TimeToLive = (int)(kind == Kind.Call ? _voice.RingFor : KeptFor).TotalSeconds,
            Urgency = kind == Kind.Call ? PushMessageUrgency.High : PushMessageUrgency.Normal,
        };
        using var authentication = new VapidAuthentication(_keys.Public, _keys.Private) { Subject = _options.Contact.Length > 0 ? _options.Contact : null };
        try
        {
            await new PushServiceClient(_http) { AutoRetryAfter = false }.RequestPushMessageDeliveryAsync(subscription, message, authentication, cancellationToken);
            return true;
        }
        catch (PushServiceClientException ex) when (ex.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Gone)
        {
            return false;
        }
        catch (PushServiceClientException ex)
        {
            LogRefused(new Uri(to.Endpoint).Host, (int)ex.StatusCode);
            return true;
        }
        catch (Exception ex) when (ex is HttpRequestException || (ex is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            LogUnreachable(new Uri(to.Endpoint).Host, ex.Message);
            return true;
        }
    }

    public void Dispose() => _http.Dispose();

    [LoggerMessage(EventId = 1, Level = LogLevel.Warning, Message = "The push service {Host} refused a notification with {Status}.")]
    private partial void LogRefused(string host, int status);

    [LoggerMessage(EventId = 2, Level = LogLevel.Warning, Message = "The push service {Host} cannot be reached: {Reason}")]
    private partial void LogUnreachable(string host, string reason);
}
