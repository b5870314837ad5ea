namespace Akka.Configuration.Hocon;

/// <summary>What one assignment says: pieces that are joined.</summary>
internal sealed record HoconDraftValue(IReadOnlyList<HoconDraft> Pieces)
{
    /// <summary>The object that this is, if it is nothing but one written object.</summary>
    public HoconDraftObject? WrittenObject => Pieces is [HoconDraft.Object written] ? written.Fields : null;

    /// <summary>Whether what was assigned before cannot matter: this is neither an object nor may it become one, be unset, or look back.</summary>
    public bool HidesEarlier => Pieces.All(piece => piece is HoconDraft.Text or HoconDraft.List) || Pieces is [HoconDraft.Included { Value: var value }] && !value.IsObject() && !value.IsUnset;
}
