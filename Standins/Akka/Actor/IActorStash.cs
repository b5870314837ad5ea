namespace Akka.Actor;

/// <summary>An actor that is given a stash after its construction.</summary>
public interface IActorStash
{
    /// <summary>Where the actor keeps messages for later.</summary>
    IStash Stash { get; set; }
}
