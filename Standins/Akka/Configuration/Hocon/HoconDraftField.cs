namespace Akka.Configuration.Hocon;

/// <summary>A key with all that was assigned to it, in order, as far as it may still matter.</summary>
internal sealed class HoconDraftField
{
    public List<HoconDraftValue> Layers { get; } = [];

    /// <summary>The layer that is being resolved just now: a substitution inside it sees only the layers below.</summary>
    public int Busy { get; set; } = int.MaxValue;

    public HoconValue? Resolved { get; set; }

    public void Assign(HoconDraftValue value)
    {
        if (value.WrittenObject is { } added && Layers is [.., { WrittenObject: { } last }])
        {
            last.Absorb(added);
            return;
        }
        if (value.HidesEarlier) Layers.Clear();
        Layers.Add(value);
    }
}
