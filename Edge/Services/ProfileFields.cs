using System.Globalization;
using Google.Protobuf.Reflection;
using WebChat.Edge.Errors;
using WebChat.V1;

namespace WebChat.Edge.Services;

/// <summary>The names of a profile's fields. What they may say is for the domain.</summary>
internal static class ProfileFields
{
    /// <summary>The names, as in the contract, of the fields that a mask names: <c>*</c> for all. Fields that only the server writes are left out.</summary>
    public static IReadOnlyList<string> Named(IEnumerable<string> paths)
    {
        var names = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var path in paths)
        {
            if (path == "*")
                names.UnionWith(Profile.Descriptor.Fields.InDeclarationOrder().Select(field => field.Name));
            else
                names.Add(Find(path)?.Name ?? throw RejectedException.Invalid("update_mask", "names something that is not a field of a profile"));
        }
        names.Remove("has_avatar");
        return [.. names];
    }

    /// <summary>The names of the fields that say something, which is all that one can see of a message without a mask.</summary>
    public static IReadOnlyList<string> Present(Profile profile) =>
        Named(Profile.Descriptor.Fields.InDeclarationOrder().Where(field => Says(profile, field)).Select(field => field.Name));

    private static FieldDescriptor? Find(string name) =>
        Profile.Descriptor.Fields.InDeclarationOrder().FirstOrDefault(field => field.Name == name || field.JsonName == name);

    private static bool Says(Profile profile, FieldDescriptor field) => field.Accessor.GetValue(profile) switch
    {
        System.Collections.ICollection many => many.Count > 0,
        string text => text.Length > 0,
        int number => number != 0,
        bool yes => yes,
        Enum value => Convert.ToInt32(value, CultureInfo.InvariantCulture) != 0,
        var other => throw new InvalidOperationException($"Nothing is known of the presence of {other?.GetType()}."),
    };
}
