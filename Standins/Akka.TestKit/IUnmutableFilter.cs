namespace Akka.TestKit;

/// <summary>A filter that keeps events out of the log until it is told to stop. Disposing it stops it.</summary>
public interface IUnmutableFilter : IDisposable
{
    /// <summary>Lets the events into the log again.</summary>
    void Unmute();
}
