namespace Akka.Configuration.Hocon;

/// <summary>An object as it was written, with what is assigned to each key.</summary>
internal sealed class HoconDraftObject
{
    public Dictionary<string, HoconDraftField> Fields { get; } = [];

    public void Assign(IReadOnlyList<string> path, HoconDraftValue value, int position)
    {
        for (var i = path.Count - 1; i > 0; i--)
        {
            var parent = new HoconDraftObject();
            parent.Field(path[i]).Assign(value);
            value = new HoconDraftValue([new HoconDraft.Object(position, parent)]);
        }
        Field(path[0]).Assign(value);
    }

    public void Absorb(HoconDraftObject other)
    {
        foreach (var (key, field) in other.Fields)
            foreach (var layer in field.Layers)
                Field(key).Assign(layer);
    }

    private HoconDraftField Field(string key)
    {
        if (!Fields.TryGetValue(key, out var field)) Fields.Add(key, field = new HoconDraftField());
        return field;
    }
}
