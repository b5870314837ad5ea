namespace Akka.Actor;

/// <summary>A message that carries another.</summary>
public interface IWrappedMessage
{
    /// <summary>The message that is carried.</summary>
    object Message { get; }
}
