namespace Akka.Configuration.Hocon;

/// <summary>A piece of a value as it was written, before substitution. <paramref name="Position"/> is where it begins.</summary>
internal abstract record HoconDraft(int Position)
{
    /// <summary>Text; blanks between two pieces belong to a text, but not to a list or an object.</summary>
    public sealed record Text(int Position, string Content, bool Quoted) : HoconDraft(Position)
    {
        public bool IsBlank => !Quoted && string.IsNullOrWhiteSpace(Content);
    }

    public sealed record List(int Position, List<HoconDraftValue> Items) : HoconDraft(Position);

    public sealed record Object(int Position, HoconDraftObject Fields) : HoconDraft(Position);

    public sealed record Substitution(int Position, string Path, IReadOnlyList<string> Keys, bool Optional) : HoconDraft(Position);

    public sealed record Included(int Position, HoconValue Value) : HoconDraft(Position);
}
