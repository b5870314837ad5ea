namespace Akka.Dispatch;

/// <summary>A delegate for a dispatcher to run.</summary>
internal sealed class ActionRunnable(Action action) : IRunnable
{
    public void Run() => action();

    public void Execute() => action();
}
