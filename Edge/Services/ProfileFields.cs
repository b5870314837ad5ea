using Google.Protobuf.Reflection;
using WebChat.Edge.Errors;
using WebChat.V1;

namespace WebChat.Edge.Services;

/// <summary>The names of a profile's fields, in the contract's spelling. The domain checks their values.</summary>
internal static class ProfileFields
{
    private static readonly IReadOnlyList<FieldDescriptor> Changeable =
        [.. Profile.Descriptor.Fields.InDeclarationOrder().Where(field => field.FieldNumber != Profile.HasAvatarFieldNumber)];

    /// <summary>The fields in a mask, <c>*</c> for all. Read-only fields are left out.</summary>
    public static IReadOnlyList<string> Named(IEnumerable<string> paths) => [.. paths.SelectMany(Find).Select(field => field.Name).Distinct()];

    /// <summary>The fields that are present. A list is present if it is not empty.</summary>
    public static IReadOnlyList<string> Present(Profile profile) =>
        [.. Changeable.Where(field => field.IsRepeated ? ((System.Collections.ICollection)field.Accessor.GetValue(profile)).Count > 0 : field.Accessor.HasValue(profile)).Select(field => field.Name)];

    private static IEnumerable<FieldDescriptor> Find(string path) => path switch
    {
        "*" => Changeable,
        "has_avatar" or "hasAvatar" => [],
        _ => [Changeable.FirstOrDefault(field => field.Name == path || field.JsonName == path)
            ?? throw RejectedException.Invalid("update_mask", "must not have unknown fields")],
    };
}
