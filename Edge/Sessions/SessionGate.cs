using System.Threading.RateLimiting;
using Akka.Actor;
using Akka.Hosting;
using Microsoft.Extensions.Options;
using WebChat.Actors;
using WebChat.Actors.Accounts;
using WebChat.Actors.Connections;
using WebChat.Actors.Moderation;
using WebChat.Actors.Options;
using WebChat.Actors.Telemetry;
using WebChat.Actors.Users;
using WebChat.Edge.Auth;
using WebChat.Edge.Errors;
using WebChat.Edge.Hosting;
using WebChat.Edge.Limits;
using SessionOptions = WebChat.Actors.Options.SessionOptions;

namespace WebChat.Edge.Sessions;

/// <summary>The way from a transport to a session: its limits, the number of sessions, and their end when the server stops.</summary>
public sealed class SessionGate(
    IRequiredActor<ConnectionsActor> connections,
    OpenTransports transports,
    AccessTokens tokens,
    Bans bans,
    IOptions<SessionOptions> sessions,
    IOptions<LimitOptions> limits,
    IOptions<ProxyOptions> proxies,
    TimeProvider time,
    ChatMetrics metrics) : IDisposable
{
    // Longer than a client that is there should have to wait right after a start, when all come back at once.
    private static readonly TimeSpan WelcomePatience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan DrainPatience = TimeSpan.FromSeconds(5);

    // Behind a proxy that does not tell its clients' addresses, all of them would share one.
    private readonly PartitionedRateLimiter<HttpContext> _greetings = PartitionedRateLimiter.Create<HttpContext, string>(context =>
        proxies.Value.Include(context.Connection.RemoteIpAddress)
            ? RateLimitPartition.GetNoLimiter("")
            : RateLimitPartition.GetConcurrencyLimiter(ClientAddress.Of(context), _ => new() { PermitLimit = limits.Value.GreetingsPerAddress }));

    // A new transport has a new allowance of frames, and its welcome reads all rooms of the user.
    private readonly PartitionedRateLimiter<UserId> _hellos = PartitionedRateLimiter.Create<UserId, UserId>(user => RateLimitPartition.GetTokenBucketLimiter(
        user, _ => new() { TokenLimit = limits.Value.MessageBurst, TokensPerPeriod = limits.Value.MessagesPerSecond, ReplenishmentPeriod = TimeSpan.FromSeconds(1), QueueLimit = 0 }));

    private volatile bool _closed;

    /// <summary>The answer to an access token that is not good.</summary>
    public static Rejection BadToken { get; } = new(ErrorCode.Unauthenticated, "The access token is invalid or has expired.", "access_token");

    /// <summary>Whether no client is let in any more.</summary>
    public bool IsClosed => _closed;

    /// <summary>Lets a client in, which then says hello.</summary>
    /// <exception cref="RejectedException">The server is going away, or too many clients of this address have not said hello yet.</exception>
    public Transport Enter(HttpContext context)
    {
        RefuseIfClosed();
        var greeting = _greetings.AttemptAcquire(context);
        if (!greeting.IsAcquired)
        {
            metrics.Refused("Greetings");
            throw new RejectedException(new(ErrorCode.RateLimited, "Too many connections of your address have not said hello.", RetryAfter: sessions.Value.HelloTimeout));
        }

        transports.Add();
        return new(this, greeting, RpcErrors.IsGrpc(context.Request) ? "grpc" : "websocket", metrics, time, sessions.Value.HelloTimeout, context.RequestAborted);
    }

    /// <summary>For whatever begins something that will need a session.</summary>
    /// <exception cref="RejectedException">The server is going away.</exception>
    public void RefuseIfClosed()
    {
        if (_closed)
            throw new RejectedException(new(ErrorCode.Unavailable, "The server is going away."));
    }

    /// <summary>Lets no client in any more, and tells all connected ones to go away. Waits at most 5 seconds.</summary>
    public async Task DrainAsync(CancellationToken cancellationToken)
    {
        _closed = true;
        await connections.ActorRef.Ask<Done>(ConnectionCommands.Drain.Instance, DrainPatience, cancellationToken);
    }

    public void Dispose()
    {
        _greetings.Dispose();
        _hellos.Dispose();
    }

    /// <summary>Reads an access token; null if it is not good.</summary>
    internal Task<ValidToken?> CheckAsync(string token) => tokens.ValidateAsync(token);

    /// <summary>Why a user is kept out; null if that is not so.</summary>
    internal Rejection? Refusal(Identity identity) => bans.Refusal(identity.User, time.GetUtcNow());

    /// <summary>Counts a hello; a rejection if the user has sent too many.</summary>
    internal Rejection? Limit(Identity identity)
    {
        using var hello = _hellos.AttemptAcquire(identity.User);
        if (hello.IsAcquired)
            return null;
        metrics.Refused("Hellos");
        return new(ErrorCode.RateLimited, "Too many hellos.", RetryAfter: hello.RetryAfter());
    }

    /// <summary>Opens or resumes a session; null if the queue says why not.</summary>
    internal async Task<IActorRef?> OpenAsync(ConnectionCommands.Open open, CancellationToken cancellationToken)
    {
        try
        {
            return await connections.ActorRef.Ask<object>(open, WelcomePatience, cancellationToken) is ConnectionReplies.Welcomed welcomed ? welcomed.Session : null;
        }
        catch (AskTimeoutException)
        {
            open.Queue.Complete(CloseCode.Internal);
            return null;
        }
    }

    internal void Leave() => transports.Remove();
}
