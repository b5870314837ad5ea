namespace Akka.Persistence.Internal;

/// <summary>Says on a journal plugin's actor which <see cref="DirectJournalFactory"/> makes its direct form.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
internal sealed class DirectJournalAttribute(Type factory) : Attribute
{
    public Type Factory { get; } = factory;
}
