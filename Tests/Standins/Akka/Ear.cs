using System.Threading.Channels;
using Akka.Actor;

namespace WebChat.Tests.Standins.Akka;

/// <summary>An actor that keeps what it hears for a test to read, in order.</summary>
internal sealed class Ear
{
    /// <summary>How long a test waits for what must come; only a failing test waits so long.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly Channel<(object Message, IActorRef Sender)> _heard = Channel.CreateUnbounded<(object, IActorRef)>();

    public Ear(IActorRefFactory factory)
    {
        Ref = factory.ActorOf(Props.Create(() => new Listener(_heard.Writer)));
    }

    public IActorRef Ref { get; }

    public IActorRef LastSender { get; private set; } = ActorRefs.Nobody;

    /// <summary>The next message, which must be of a type.</summary>
    public async Task<T> Next<T>()
    {
        using var limit = new CancellationTokenSource(Patience);
        var (message, sender) = await _heard.Reader.ReadAsync(limit.Token);
        LastSender = sender;
        return Assert.IsAssignableFrom<T>(message);
    }

    /// <summary>The next messages must be these.</summary>
    public async Task Hears(params object[] messages)
    {
        foreach (var expected in messages) Assert.Equal(expected, await Next<object>());
    }

    /// <summary>What was sent before this call has arrived, and there is nothing left to read.</summary>
    public async Task HearsNoMore()
    {
        Ref.Tell(Silence.Instance);
        Assert.Same(Silence.Instance, await Next<object>());
    }

    private sealed class Listener(ChannelWriter<(object, IActorRef)> heard) : UntypedActor
    {
        protected override void OnReceive(object message) => heard.TryWrite((message, Sender));
    }

    private sealed class Silence
    {
        public static readonly Silence Instance = new();
    }
}
