using Akka.Event;

namespace Akka.Actor;

/// <summary>The references of a system that lives in one process.</summary>
internal sealed class LocalActorRefProvider : IActorRefProvider
{
    private readonly ActorSystemImpl _system;
    private readonly RootGuardianSupervisor _aboveRoot;
    private long _lastTemp = -1;

    public LocalActorRefProvider(ActorSystemImpl system, EventStream eventStream)
    {
        _system = system;
        DefaultAddress = new Address("akka", system.Name);
        RootPath = new RootActorPath(DefaultAddress);
        DeadLetters = new DeadLetterActorRef(this, RootPath / "deadLetters", eventStream);
        TempContainer = new VirtualPathContainer(this, RootPath / "temp");
        _aboveRoot = new RootGuardianSupervisor(RootPath, this);
    }

    public ActorPath RootPath { get; }

    public Address DefaultAddress { get; }

    public IActorRef DeadLetters { get; }

    public VirtualPathContainer TempContainer { get; }

    public RootGuardianActorRef RootGuardian { get; private set; } = null!;

    public LocalActorRef Guardian { get; private set; } = null!;

    public LocalActorRef SystemGuardian { get; private set; } = null!;

    /// <summary>How long an <c>Ask</c> waits that says nothing itself.</summary>
    public TimeSpan AskTimeout => _system.Settings.AskTimeout;

    /// <summary>Ends when all actors have stopped.</summary>
    public Task TerminationTask => _aboveRoot.Ended;

    /// <summary>Starts the guardians.</summary>
    public void Init()
    {
        var strategy = SupervisorStrategyConfigurator.CreateConfigurator(_system.Settings.SupervisorStrategyClass).Create();
        var extra = new Dictionary<string, IInternalActorRef> { ["temp"] = TempContainer, ["deadLetters"] = (IInternalActorRef)DeadLetters };
        RootGuardian = new RootGuardianActorRef(_system, Props.Create<RootGuardian>(), _system.Dispatchers.DefaultGlobalDispatcher, _aboveRoot, RootPath, extra);
        RootGuardian.Start();
        Guardian = RootGuardian.Cell.AttachChild(Props.Create<UserGuardian>().WithSupervisorStrategy(strategy), "user");
        SystemGuardian = RootGuardian.Cell.AttachChild(Props.Create<SystemGuardian>(Guardian), "system");
        RootGuardian.Tell(new RootGuardian.Follow(SystemGuardian), ActorRefs.NoSender);
    }

    public ActorPath TempPath() => TempContainer.Path / Util.Base64Name.From(Interlocked.Increment(ref _lastTemp));

    public IActorRef ResolveActorRef(string path)
    {
        if (ActorPath.TryParse(path, out var parsed)) return ResolveActorRef(parsed);
        _system.Log.Warning("Resolve of unknown path [{0}] failed. Invalid format.", path);
        return DeadLetters;
    }

    public IActorRef ResolveActorRef(ActorPath actorPath)
    {
        if (actorPath.Address != DefaultAddress) return new EmptyLocalActorRef(this, actorPath);
        var found = RootGuardian.GetChild(actorPath.Elements);
        return found is Nobody || actorPath.Uid != 0 && found.Path.Uid != actorPath.Uid ? new EmptyLocalActorRef(this, actorPath) : found;
    }

    public IActorRef RootGuardianOf(ActorPath path) => path.Address == DefaultAddress ? RootGuardian : new EmptyLocalActorRef(this, path.Root);

    /// <summary>The actors at a path, which is relative to <paramref name="anchor"/> unless it begins with a slash or an address.</summary>
    public ActorSelection Select(string path, IActorRef anchor)
    {
        if (path.Contains("://", StringComparison.Ordinal))
        {
            return Address.TryParse(path, out var address)
                ? new ActorSelection(address == DefaultAddress ? RootGuardian : new EmptyLocalActorRef(this, new RootActorPath(address)), AfterAddress(path))
                : new ActorSelection(DeadLetters, "");
        }

        return path.StartsWith('/') ? new ActorSelection(RootGuardian, path[1..]) : new ActorSelection(anchor, path);
    }

    private static string AfterAddress(string path)
    {
        var slash = path.IndexOf('/', path.IndexOf("://", StringComparison.Ordinal) + 3);
        return slash < 0 ? "" : path[(slash + 1)..];
    }
}
