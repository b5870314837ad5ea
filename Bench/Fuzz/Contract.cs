using Google.Protobuf.Reflection;
using WebChat.V1;
using AnnotationsExtensions = Google.Api.AnnotationsExtensions;
using HttpRule = Google.Api.HttpRule;

namespace WebChat.Bench.Fuzz;

/// <summary>The methods of the contract, read from its descriptors, so that a new method is fuzzed as soon as it exists.</summary>
internal static class Contract
{
    /// <summary>All methods but <c>Drain</c>, after which the server serves no client.</summary>
    public static IReadOnlyList<MethodDescriptor> Methods { get; } =
    [
        .. new[] { AuthReflection.Descriptor, UserReflection.Descriptor, RoomReflection.Descriptor, MatchReflection.Descriptor, VoiceReflection.Descriptor, ChatReflection.Descriptor, AdminReflection.Descriptor }
            .SelectMany(file => file.Services).SelectMany(service => service.Methods).Where(method => method.Name != nameof(AdminService.AdminServiceClient.Drain)),
    ];

    /// <summary>The methods with an HTTP route.</summary>
    public static IReadOnlyList<(MethodDescriptor Method, string Verb, string Path, string Body)> Routes { get; } =
    [
        .. from method in Methods
           let rule = method.GetOptions()?.GetExtension(AnnotationsExtensions.Http)
           where rule is not null
           let route = rule.PatternCase switch
           {
               HttpRule.PatternOneofCase.Get => ("GET", rule.Get),
               HttpRule.PatternOneofCase.Put => ("PUT", rule.Put),
               HttpRule.PatternOneofCase.Post => ("POST", rule.Post),
               HttpRule.PatternOneofCase.Delete => ("DELETE", rule.Delete),
               _ => ("PATCH", rule.Patch),
           }
           select (method, route.Item1, route.Item2, rule.Body),
    ];
}
