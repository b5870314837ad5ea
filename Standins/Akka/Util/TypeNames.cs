namespace Akka.Util;

/// <summary>Finds the types that the configuration names.</summary>
internal static class TypeNames
{
    /// <summary>The type of an assembly-qualified or full name; null where there is none.</summary>
    public static Type? Find(string name) =>
        Type.GetType(name, throwOnError: false)
        ?? typeof(TypeNames).Assembly.GetType(name.Split(',')[0].Trim(), throwOnError: false)
        ?? (name.Contains(',') ? null : AppDomain.CurrentDomain.GetAssemblies().Select(a => a.GetType(name, throwOnError: false)).FirstOrDefault(t => t is not null));
}
