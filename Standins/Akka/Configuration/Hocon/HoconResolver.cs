using System.Text;

namespace Akka.Configuration.Hocon;

/// <summary>
/// Replaces substitutions by what they name. A substitution sees the whole text, also what comes after it; one that is part of what it names
/// sees what was assigned before. Names that the text does not set are looked up in the environment.
/// </summary>
internal sealed class HoconResolver(HoconSource source, HoconDraftObject root)
{
    // Counts the times that a substitution saw less than the whole of a field, whose value is then good for that place only.
    private int _partialViews;

    public HoconValue Resolve() => Resolve(root);

    private HoconValue Resolve(HoconDraftObject draft)
    {
        var items = new Dictionary<string, HoconValue>(draft.Fields.Count);
        foreach (var (key, field) in draft.Fields) items.Add(key, Resolve(field, field.Layers.Count - 1, null));
        return new HoconValue(new HoconObject(items));
    }

    private HoconValue Resolve(HoconDraftField field, int top, HoconDraft.Substitution? asking)
    {
        if (field.Resolved is { } known && top == field.Layers.Count - 1) return known;
        if (field.Busy <= top)
        {
            _partialViews++;
            top = field.Busy - 1;
            if (top < 0) return Circular(asking);
        }

        var viewsBefore = _partialViews;
        var value = HoconValue.Unset;
        var busyBefore = field.Busy;
        try
        {
            for (var i = top; i >= 0 && (value.IsUnset || value.IsObject()); i--)
            {
                field.Busy = i;
                value = value.Over(Resolve(field.Layers[i]));
            }
        }
        finally
        {
            field.Busy = busyBefore;
        }
        if (top == field.Layers.Count - 1 && viewsBefore == _partialViews) field.Resolved = value;
        return value;
    }

    private HoconValue Resolve(HoconDraftValue draft)
    {
        var values = new List<(HoconDraft Piece, HoconValue Value)>(draft.Pieces.Count);
        foreach (var piece in draft.Pieces) values.Add((piece, Resolve(piece)));
        if (values is [var (_, only)]) return only;

        var set = values.FindAll(v => v is { Value.IsUnset: false, Piece: not HoconDraft.Text { IsBlank: true } });
        if (set.Count == 0) return HoconValue.Unset;
        if (set.TrueForAll(v => v.Value.IsObject())) return set.Aggregate(HoconValue.Unset, (below, v) => v.Value.Over(below));
        if (set.TrueForAll(v => v.Value.IsArray())) return new HoconValue(set.SelectMany(v => v.Value.GetArray()).ToList());

        foreach (var (piece, value) in set)
        {
            if (value.IsObject() || value.IsArray()) throw source.Malformed(piece.Position, "a list or an object can be joined only with its like.");
        }
        // A text of which a part is not set is not set.
        if (values.Exists(v => v.Value.IsUnset)) return HoconValue.Unset;
        var text = new StringBuilder();
        foreach (var (_, value) in values) text.Append(value.IsNull ? "null" : value.GetString());
        return new HoconValue(text.ToString());
    }

    private HoconValue Resolve(HoconDraft piece) => piece switch
    {
        HoconDraft.Text { Quoted: false, Content: "null" } => HoconValue.Null,
        HoconDraft.Text text => new HoconValue(text.Content),
        HoconDraft.List list => new HoconValue(list.Items.ConvertAll(Resolve)),
        HoconDraft.Object written => Resolve(written.Fields),
        HoconDraft.Included included => included.Value,
        HoconDraft.Substitution substitution => Resolve(substitution),
        _ => throw new InvalidOperationException($"No rule for {piece}."),
    };

    private HoconValue Resolve(HoconDraft.Substitution substitution)
    {
        var value = root.Fields.TryGetValue(substitution.Keys[0], out var field) ? LookUp(field, substitution, 1) : HoconValue.Unset;
        if (!value.IsUnset) return value;
        if (Environment.GetEnvironmentVariable(substitution.Path) is { } variable) return new HoconValue(variable);
        return substitution.Optional ? HoconValue.Unset : throw source.Unresolved(substitution.Position, substitution.Path);
    }

    // Goes down written objects key by key, so that one setting of an object may name another one.
    private HoconValue LookUp(HoconDraftField field, HoconDraft.Substitution substitution, int depth)
    {
        if (depth == substitution.Keys.Count) return Resolve(field, field.Layers.Count - 1, substitution);

        var found = HoconValue.Unset;
        var circular = false;
        for (var i = field.Layers.Count - 1; i >= 0 && (found.IsUnset || found.IsObject()); i--)
        {
            if (field.Layers[i].WrittenObject is { } written)
            {
                if (written.Fields.TryGetValue(substitution.Keys[depth], out var inner)) found = found.Over(LookUp(inner, substitution, depth + 1));
            }
            else if (field.Busy <= i)
            {
                _partialViews++;
                circular |= field.Busy == i;
                // Of a value that is being joined, the objects that are written out can be seen all the same.
                foreach (var piece in field.Layers[i].Pieces.Reverse().OfType<HoconDraft.Object>())
                {
                    if (piece.Fields.Fields.TryGetValue(substitution.Keys[depth], out var inner)) found = found.Over(LookUp(inner, substitution, depth + 1));
                }
            }
            else
            {
                var layer = ResolveLayer(field, i);
                if (layer.IsUnset) continue;
                found = found.Over(Descend(layer, substitution.Keys, depth));
                if (!layer.IsObject()) break;
            }
        }
        return found.IsUnset && circular ? Circular(substitution) : found;
    }

    private HoconValue ResolveLayer(HoconDraftField field, int layer)
    {
        var busyBefore = field.Busy;
        field.Busy = layer;
        try
        {
            return Resolve(field.Layers[layer]);
        }
        finally
        {
            field.Busy = busyBefore;
        }
    }

    private static HoconValue Descend(HoconValue value, IReadOnlyList<string> keys, int depth)
    {
        for (var i = depth; i < keys.Count; i++)
        {
            if (value.Child(keys[i]) is not { } child) return HoconValue.Unset;
            value = child;
        }
        return value;
    }

    private HoconValue Circular(HoconDraft.Substitution? substitution) =>
        substitution is null || substitution.Optional
            ? HoconValue.Unset
            : throw source.Malformed(substitution.Position, $"the substitution ${{{substitution.Path}}} needs its own value.");
}
