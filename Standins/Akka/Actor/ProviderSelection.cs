namespace Akka.Actor;

/// <summary>The kind of a system. Only <see cref="Local"/> is here.</summary>
public abstract class ProviderSelection
{
    private protected ProviderSelection(string identifier)
    {
        Identifier = identifier;
    }

    internal string Identifier { get; }

    /// <summary>A system that lives in one process.</summary>
    public sealed class Local : ProviderSelection
    {
        /// <summary>The only instance.</summary>
        public static readonly Local Instance = new();

        private Local()
            : base("local")
        {
        }
    }
}
