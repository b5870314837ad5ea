using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.Event;
using Akka.Util;

namespace Akka.Actor;

/// <summary>The system: puts its parts together and takes them apart.</summary>
internal sealed partial class ActorSystemImpl : ExtendedActorSystem
{
    private readonly ConcurrentDictionary<Type, Lazy<object>> _extensions = new();
    private readonly ConcurrentStack<Action> _terminationCallbacks = new();
    private readonly TaskCompletionSource _terminated = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly LocalActorRefProvider _provider;
    private Serialization.Serialization? _serialization;

    public ActorSystemImpl(string name, ActorSystemSetup setup)
    {
        if (!SystemName().IsMatch(name))
            throw new ArgumentException($"Invalid ActorSystem name [{name}], must contain only word characters (i.e. [a-zA-Z0-9] plus non-leading '-' or '_')", nameof(name));
        Name = name;
        var bootstrap = setup.Get<BootstrapSetup>();
        var config = bootstrap.HasValue ? bootstrap.Value.Config.GetOrElse(Config.Empty) : ConfigurationFactory.Load();
        Settings = new Settings(this, config, setup);
        EventStream = new EventStream(Settings.Config.GetBoolean("akka.actor.debug.event-stream"));
        EventStream.StartStdoutLogger(Settings);
        Log = new BusLogging(EventStream, $"ActorSystem({name})", typeof(ActorSystem), DefaultLogMessageFormatter.Instance);
        var scheduler = TypeNames.Find(Settings.SchedulerClass) ?? throw new ConfigurationException($"Could not resolve scheduler type {Settings.SchedulerClass}");
        Scheduler = (IScheduler)Activator.CreateInstance(scheduler, Settings.Config, Log)!;
        _provider = new LocalActorRefProvider(this, EventStream);
        Dispatchers = new Dispatchers(this, new DispatcherPrerequisites(EventStream, Scheduler, Settings));
    }

    public override string Name { get; }

    public override Settings Settings { get; }

    public override EventStream EventStream { get; }

    public override ILoggingAdapter Log { get; }

    public override IScheduler Scheduler { get; }

    public override Dispatchers Dispatchers { get; }

    public override Serialization.Serialization Serialization => _serialization!;

    public override LocalActorRefProvider Provider => _provider;

    public override IActorRef DeadLetters => _provider.DeadLetters;

    public override IInternalActorRef Guardian => _provider.Guardian;

    public override IInternalActorRef SystemGuardian => _provider.SystemGuardian;

    public override Task WhenTerminated => _terminated.Task;

    /// <summary>Begins: from here on actors can be made.</summary>
    public void Start()
    {
        try
        {
            _provider.Init();
            _serialization = new Serialization.Serialization(this);
            _ = FinishTermination();
            EventStream.StartLoggers(this);
            if (Settings.LogDeadLetters > 0) SystemActorOf<DeadLetterListener>("deadLetterListener");
            CoordinatedShutdown.Get(this);
            foreach (var extension in Settings.Config.GetStringList("akka.extensions").Distinct()) LoadExtension(extension);
        }
        catch (Exception)
        {
            FinalTerminate();
            throw;
        }
    }

    public override Task Terminate()
    {
        if (Settings.CoordinatedShutdownRunByActorSystemTerminate) CoordinatedShutdown.Get(this).Run(CoordinatedShutdown.ActorSystemTerminateReason.Instance);
        else FinalTerminate();
        return WhenTerminated;
    }

    /// <summary>Stops all actors without asking anybody.</summary>
    public void FinalTerminate()
    {
        Log.Debug("System shutdown initiated");
        _provider.Guardian?.Stop();
    }

    public override void Stop(IActorRef actor)
    {
        if (actor is not IInternalActorRef known) return;
        if (known.Parent is LocalActorRef parent) parent.Cell.Stop(known);
        else known.Stop();
    }

    public override IActorRef ActorOf(Props props, string? name = null) => _provider.Guardian.Cell.AttachChild(props, name);

    public override IActorRef SystemActorOf(Props props, string? name = null) => _provider.SystemGuardian.Cell.AttachChild(props, name);

    public override IActorRef SystemActorOf<TActor>(string? name = null) => SystemActorOf(Props.Create<TActor>(), name);

    public override ActorSelection ActorSelection(ActorPath actorPath) => new(_provider.RootGuardianOf(actorPath), actorPath.Elements);

    public override ActorSelection ActorSelection(string actorPath) => _provider.Select(actorPath, _provider.RootGuardian);

    public override void RegisterOnTermination(Action code) => _terminationCallbacks.Push(code);

    public override object RegisterExtension(IExtensionId extension) =>
        _extensions.GetOrAdd(extension.ExtensionType, (_, id) => new Lazy<object>(() => id.CreateExtension(this)), extension).Value;

    public override object GetExtension(IExtensionId extensionId) =>
        _extensions.TryGetValue(extensionId.ExtensionType, out var extension) ? extension.Value : throw NoExtension(extensionId.ExtensionType);

    public override T GetExtension<T>() => TryGetExtension<T>(out var extension) ? extension : throw NoExtension(typeof(T));

    public override bool HasExtension(Type type) => _extensions.ContainsKey(type);

    public override bool HasExtension<T>() => HasExtension(typeof(T));

    public override bool TryGetExtension(Type extensionType, [MaybeNullWhen(false)] out object extension)
    {
        extension = _extensions.TryGetValue(extensionType, out var found) ? found.Value : null;
        return extension is not null;
    }

    public override bool TryGetExtension<T>([MaybeNullWhen(false)] out T extension)
    {
        extension = TryGetExtension(typeof(T), out var found) ? (T)found : null;
        return extension is not null;
    }

    public override string ToString() => _provider.RootPath.Address.ToString();

    [GeneratedRegex("^[a-zA-Z0-9][a-zA-Z0-9-_]*$")]
    private static partial Regex SystemName();

    private static InvalidOperationException NoExtension(Type type) => new($"The extension {type} has not been registered with this system.");

    private void LoadExtension(string name)
    {
        var type = TypeNames.Find(name) ?? throw new ConfigurationException($"Could not resolve extension type {name}");
        if (Activator.CreateInstance(type) is IExtensionId id) RegisterExtension(id);
        else throw new ConfigurationException($"{name} is not an extension id");
    }

    private async Task FinishTermination()
    {
        await _provider.TerminationTask.ConfigureAwait(false);
        while (_terminationCallbacks.TryPop(out var callback))
        {
            try
            {
                callback();
            }
            catch (Exception e)
            {
                Log.Error(e, "A termination callback failed");
            }
        }

        (Scheduler as IDisposable)?.Dispose();
        Dispatchers.ShutDown();
        EventStream.StopStdoutLogger();
        _terminated.TrySetResult();
    }
}
