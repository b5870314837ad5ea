using System.Diagnostics;
using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.Event;
using Akka.TestKit.Internal;

namespace Akka.TestKit;

/// <summary>
/// Tests actors from outside: a test actor takes the place of their partner, and what it receives is asserted on. Unless the test says otherwise,
/// the test actor is the sender of all that the test sends.
/// </summary>
public abstract partial class TestKitBase : IActorRefFactory
{
    private static readonly Lazy<Config> Reference = new(() => ConfigurationFactory.FromResource<TestKitBase>("Akka.TestKit.reference.conf"));
    private static readonly long Start = Stopwatch.GetTimestamp();
    private static int LastTestActor;

    private readonly ITestKitAssertions _assertions;
    private readonly TestQueue _queue = new();
    private ActorSystem _system = null!;
    private IActorRef _testActor = null!;
    private TestKitSettings _settings = null!;
    private ImplicitSenderContext? _implicitSender;
    private MessageEnvelope _last = NullMessageEnvelope.Instance;
    private TimeSpan? _end;
    private bool _lastWasSilence;

    /// <summary>Tests in <paramref name="system"/>, or in a system of its own.</summary>
    protected TestKitBase(ITestKitAssertions assertions, ActorSystem? system = null, string? testActorName = null)
        : this(assertions, system, ActorSystemSetup.Empty, null, testActorName)
    {
    }

    /// <summary>Tests in a system of its own with that setup.</summary>
    protected TestKitBase(ITestKitAssertions assertions, ActorSystemSetup setup, string? actorSystemName = null, string? testActorName = null)
        : this(assertions, null, setup, actorSystemName, testActorName)
    {
    }

    /// <summary>Tests in a system of its own with that configuration.</summary>
    protected TestKitBase(ITestKitAssertions assertions, Config? config, string? actorSystemName = null, string? testActorName = null)
        : this(assertions, null, ActorSystemSetup.Create(BootstrapSetup.Create().WithConfig(config ?? Config.Empty)), actorSystemName, testActorName)
    {
    }

    /// <summary>Tests in <paramref name="system"/>, or in a system of its own with that setup.</summary>
    protected TestKitBase(ITestKitAssertions assertions, ActorSystem? system, ActorSystemSetup config, string? actorSystemName, string? testActorName)
    {
        ArgumentNullException.ThrowIfNull(assertions);
        _assertions = assertions;
        InitializeTest(system, config, actorSystemName, testActorName);
    }

    /// <summary>What a system under test has in addition to its own configuration.</summary>
    public static Config DefaultConfig => Reference.Value;

    /// <summary>The time since an arbitrary beginning.</summary>
    public static TimeSpan Now => Stopwatch.GetElapsedTime(Start);

    /// <summary>The system under test.</summary>
    public ActorSystem Sys => _system;

    /// <summary>The test actor.</summary>
    public IActorRef TestActor => _testActor;

    /// <summary>The settings of the system under test.</summary>
    public TestKitSettings TestKitSettings => _settings;

    /// <summary>Logs into the log of the system under test.</summary>
    public ILoggingAdapter Log => field ??= Logging.GetLogger(_system, GetType());

    /// <summary>Expects log events.</summary>
    public EventFilterFactory EventFilter => new(this);

    /// <summary>Whether the test actor has received what the test has not looked at.</summary>
    public bool HasMessages => !_queue.IsEmpty;

    /// <summary>The message that the test has looked at last.</summary>
    public object LastMessage => _last.Message;

    /// <summary>Who sent the message that the test has looked at last.</summary>
    public IActorRef LastSender => _last.Sender;

    /// <summary>What is left of the time of the innermost <c>Within</c>.</summary>
    /// <exception cref="InvalidOperationException">There is no <c>Within</c>.</exception>
    public TimeSpan Remaining => _end - Now ?? throw new InvalidOperationException("There is a remaining time inside Within only.");

    /// <summary>What is left of the time of the innermost <c>Within</c>; outside of it the time that a message is waited for.</summary>
    public TimeSpan RemainingOrDefault => RemainingOr(Dilated(_settings.SingleExpectDefault));

    /// <summary>Expects log events of another system.</summary>
    public EventFilterFactory CreateEventFilter(ActorSystem system) => new(this, system);

    /// <summary>Multiplies a time by <c>akka.test.timefactor</c>.</summary>
    public TimeSpan Dilated(TimeSpan duration) => duration == Timeout.InfiniteTimeSpan || duration == TimeSpan.MaxValue ? duration : duration * _settings.TestTimeFactor;

    /// <summary>The dilated time, or what is left if none is given.</summary>
    public TimeSpan RemainingOrDilated(TimeSpan? duration)
    {
        if (duration is not { } given) return RemainingOrDefault;
        if (given < TimeSpan.Zero) throw new ArgumentException("The time to wait must be finite and not negative.", nameof(duration));
        return Dilated(given);
    }

    /// <summary>The dilated time, or the default time if none is given.</summary>
    public TimeSpan GetTimeoutOrDefault(TimeSpan? timeout) => timeout is { } given ? Dilated(given) : RemainingOrDefault;

    /// <summary>Has messages kept from the test that the predicate accepts.</summary>
    public void IgnoreMessages(Func<object, bool> shouldIgnoreMessage) => Order(new QueueActor.Ignore(shouldIgnoreMessage));

    /// <summary>Has messages of that type kept from the test that the predicate accepts.</summary>
    public void IgnoreMessages<T>(Func<T, bool> shouldIgnoreMessage) => IgnoreMessages(message => message is T typed && shouldIgnoreMessage(typed));

    /// <summary>Has messages of that type kept from the test.</summary>
    public void IgnoreMessages<T>() => IgnoreMessages(message => message is T);

    /// <summary>Has no messages kept from the test any more.</summary>
    public void IgnoreNoMessages() => IgnoreMessages(_ => false);

    /// <summary>Has the test actor told when an actor ends.</summary>
    public IActorRef Watch(IActorRef actorToWatch) => Order(new QueueActor.Observe(actorToWatch, On: true));

    /// <summary>Has the test actor told when an actor ends.</summary>
    public Task<IActorRef> WatchAsync(IActorRef actorToWatch) => OrderAsync(new QueueActor.Observe(actorToWatch, On: true));

    /// <summary>Has the test actor not told any more when an actor ends.</summary>
    public IActorRef Unwatch(IActorRef actorToUnwatch) => Order(new QueueActor.Observe(actorToUnwatch, On: false));

    /// <summary>Has the test actor not told any more when an actor ends.</summary>
    public Task<IActorRef> UnwatchAsync(IActorRef actorToUnwatch) => OrderAsync(new QueueActor.Observe(actorToUnwatch, On: false));

    /// <summary>Has someone react to messages before the test sees them.</summary>
    public void SetAutoPilot(AutoPilot pilot) => Order(new QueueActor.Pilot(pilot));

    /// <summary>Ends the system under test, and waits until it has ended.</summary>
    /// <exception cref="TimeoutException">It has not ended in time, and <paramref name="verifySystemShutdown"/> is set.</exception>
    public virtual void Shutdown(TimeSpan? duration = null, bool verifySystemShutdown = false) => Shutdown(_system, duration, verifySystemShutdown);

    /// <summary>Ends a system, and waits until it has ended.</summary>
    /// <exception cref="TimeoutException">It has not ended in time, and <paramref name="verifySystemShutdown"/> is set.</exception>
    protected virtual void Shutdown(ActorSystem system, TimeSpan? duration = null, bool verifySystemShutdown = false)
    {
        if (ReferenceEquals(system, _system)) _implicitSender?.Leave();
        var limit = duration ?? Dilated(_settings.DefaultTimeout);
        if (system.Terminate().Wait(limit)) return;
        var complaint = $"The actor system '{system.Name}' has not ended within {limit}.";
        if (verifySystemShutdown) throw new TimeoutException(complaint);
        system.Log.Warning(complaint);
    }

    /// <summary>Called at the beginning with the configuration, where one is given.</summary>
    protected void InitializeTest(ActorSystem? system, Config config, string? actorSystemName, string? testActorName) =>
        InitializeTest(system, ActorSystemSetup.Create(BootstrapSetup.Create().WithConfig(config)), actorSystemName, testActorName);

    /// <summary>Makes system and test actor.</summary>
    protected virtual void InitializeTest(ActorSystem? system, ActorSystemSetup config, string? actorSystemName, string? testActorName)
    {
        _system = system ?? ActorSystem.Create(actorSystemName ?? "test", WithDefaults(config));
        _settings = TestKitExtension.For(_system);
        _testActor = CreateTestActor(_queue, testActorName);
        if (this is not INoImplicitSender) _implicitSender = ImplicitSenderContext.Enter(_testActor);
    }

    /// <summary>What is left of the time of the innermost <c>Within</c>; outside of it <paramref name="duration"/>.</summary>
    protected TimeSpan RemainingOr(TimeSpan duration) => _end is null ? duration : Remaining;

    internal ITestKitAssertions TestAssertions => _assertions;

    internal void Fail(string message) => _assertions.Fail("{0}", message);

    private static ActorSystemSetup WithDefaults(ActorSystemSetup setup)
    {
        var bootstrap = setup.Get<BootstrapSetup>() is { HasValue: true } given ? given.Value : BootstrapSetup.Create();
        var config = bootstrap.Config.HasValue ? bootstrap.Config.Value.WithFallback(DefaultConfig) : DefaultConfig;
        return setup.WithSetup(bootstrap.WithConfig(config));
    }

    private IActorRef CreateTestActor(TestQueue queue, string? name)
    {
        var props = Props.CreateBy(new QueueActorProducer(queue));
        var dispatcher = "akka.test.test-actor.dispatcher";
        if (_system.Dispatchers.HasDispatcher(dispatcher)) props = props.WithDispatcher(dispatcher);
        return ((ExtendedActorSystem)_system).SystemActorOf(props, name ?? $"testActor{Interlocked.Increment(ref LastTestActor)}");
    }

    private IActorRef Order(QueueActor.Order order)
    {
        var done = OrderAsync(order);
        return done.Wait(Dilated(_settings.DefaultTimeout))
            ? done.Result
            : throw new TimeoutException($"The test actor has not followed within {Dilated(_settings.DefaultTimeout)}: {order}");
    }

    private async Task<IActorRef> OrderAsync(QueueActor.Order order)
    {
        _testActor.Tell(order, ActorRefs.NoSender);
        return await order.Done.Task.ConfigureAwait(false);
    }
}
