namespace WebChat.Tests.Actors.Journal.Faults;

/// <summary>What a <see cref="Notebook"/> is asked to do.</summary>
public static class NotebookCommands
{
    /// <summary>Persists an event; answered with its sequence number.</summary>
    public sealed record Write(object Event);

    /// <summary>Persists an event while commands go on; answered with its sequence number.</summary>
    public sealed record WriteAsync(object Event);

    /// <summary>Persists events together; each is answered with its sequence number.</summary>
    public sealed record WriteAll(params object[] Events);

    /// <summary>Notes a text when the events before it are handled; answered with it.</summary>
    public sealed record Defer(string Text);

    /// <summary>Lets any code run in the notebook.</summary>
    public sealed record Do(Action<Notebook> What);

    /// <summary>Lets any code run in the notebook and awaits it there.</summary>
    public sealed record DoAsync(Func<Notebook, Task> What);

    /// <summary>Answered with what the notebook has seen.</summary>
    public sealed record Read
    {
        public static readonly Read Instance = new();
    }
}
