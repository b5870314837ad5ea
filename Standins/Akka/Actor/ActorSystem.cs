using System.Diagnostics.CodeAnalysis;
using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.Event;

namespace Akka.Actor;

/// <summary>A hierarchy of actors with all that it needs to run. Expensive: an application has one.</summary>
public abstract class ActorSystem : IActorRefFactory, IDisposable
{
    private readonly long _begun = global::System.Diagnostics.Stopwatch.GetTimestamp();

    /// <summary>The system's settings.</summary>
    public abstract Settings Settings { get; }

    /// <summary>The system's name.</summary>
    public abstract string Name { get; }

    /// <summary>The system's serializers.</summary>
    public abstract Serialization.Serialization Serialization { get; }

    /// <summary>Where things are published for whoever subscribed to their type.</summary>
    public abstract EventStream EventStream { get; }

    /// <summary>Where messages go that have nowhere to go.</summary>
    public abstract IActorRef DeadLetters { get; }

    /// <summary>What runs the actors.</summary>
    public abstract Dispatchers Dispatchers { get; }

    /// <summary>What does things later.</summary>
    public abstract IScheduler Scheduler { get; }

    /// <summary>The system's own log.</summary>
    public abstract ILoggingAdapter Log { get; }

    /// <summary>Ends when the system has terminated.</summary>
    public abstract Task WhenTerminated { get; }

    /// <summary>For how long the system has been there.</summary>
    public TimeSpan Uptime => global::System.Diagnostics.Stopwatch.GetElapsedTime(_begun);

    /// <summary>Makes a system with the default configuration.</summary>
    public static ActorSystem Create(string name) => Create(name, ActorSystemSetup.Empty);

    /// <summary>Makes a system with a configuration.</summary>
    public static ActorSystem Create(string name, Config config) => Create(name, BootstrapSetup.Create().WithConfig(config));

    /// <summary>Makes a system as <paramref name="setup"/> says.</summary>
    public static ActorSystem Create(string name, BootstrapSetup setup) => Create(name, ActorSystemSetup.Create(setup));

    /// <summary>Makes a system as <paramref name="setup"/> says.</summary>
    /// <exception cref="ArgumentException">The name is not made of letters, digits and inner hyphens and underscores.</exception>
    public static ActorSystem Create(string name, ActorSystemSetup setup)
    {
        var system = new ActorSystemImpl(name, setup);
        system.Start();
        return system;
    }

    /// <summary>The extension that <paramref name="extensionId"/> makes.</summary>
    public abstract object GetExtension(IExtensionId extensionId);

    /// <summary>The extension of a type.</summary>
    public abstract T GetExtension<T>()
        where T : class, IExtension;

    /// <summary>Whether the extension of a type is there.</summary>
    public abstract bool HasExtension(Type type);

    /// <summary>Whether the extension of a type is there.</summary>
    public abstract bool HasExtension<T>()
        where T : class, IExtension;

    /// <summary>The extension of a type, if it is there.</summary>
    public abstract bool TryGetExtension(Type extensionType, [MaybeNullWhen(false)] out object extension);

    /// <summary>The extension of a type, if it is there.</summary>
    public abstract bool TryGetExtension<T>([MaybeNullWhen(false)] out T extension)
        where T : class, IExtension;

    /// <summary>The extension that <paramref name="extension"/> makes, made if it is not there.</summary>
    public abstract object RegisterExtension(IExtensionId extension);

    /// <summary>Has code run once all actors have stopped; what was registered last runs first.</summary>
    public abstract void RegisterOnTermination(Action code);

    /// <summary>Stops all actors and then all else, by way of <see cref="CoordinatedShutdown"/> unless the configuration says otherwise.</summary>
    public abstract Task Terminate();

    /// <summary>Stops an actor after the message that it is at.</summary>
    public abstract void Stop(IActorRef actor);

    /// <inheritdoc/>
    public abstract IActorRef ActorOf(Props props, string? name = null);

    /// <inheritdoc/>
    public abstract ActorSelection ActorSelection(ActorPath actorPath);

    /// <inheritdoc/>
    public abstract ActorSelection ActorSelection(string actorPath);

    /// <summary>Terminates the system and waits until it has.</summary>
    public void Dispose()
    {
        Terminate().GetAwaiter().GetResult();
        GC.SuppressFinalize(this);
    }
}
