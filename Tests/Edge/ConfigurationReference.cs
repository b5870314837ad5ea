using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using WebChat.Actors.Hosting;

namespace WebChat.Tests.Edge;

/// <summary>Writes docs/configuration.md from the options classes: keys, defaults, ranges and doc comments.</summary>
internal static partial class ConfigurationReference
{
    private const string Introduction = """
        # Configuration

        All settings of WebChat, generated from the options classes. A setting is read from `Edge/appsettings.json`, an environment variable (`WebChat__Auth__BcryptWorkFactor=12`) or the command line (`--WebChat:Auth:BcryptWorkFactor=12`). Times are `d.hh:mm:ss`. A list has one key for each entry: `WebChat:Proxies:0`, `WebChat:Proxies:1`.

        Beside these, WebChat uses the settings of ASP.NET Core:

        | key | default | meaning |
        |---|---|---|
        | `Kestrel:Endpoints:Web:Url` | `http://localhost:8080` | page, WebSocket, HTTP/JSON |
        | `Kestrel:Endpoints:Grpc:Url` | `http://localhost:8081` | gRPC over HTTP/2 without TLS |
        | `Kestrel:Endpoints:Metrics:Url` | none | `/metrics`, which then no other endpoint serves |
        | `AllowedHosts` | `*` | the host names that the server answers to, separated by `;`; set it in production, so that no other name can be made to point to the server |
        | `Logging:LogLevel:Default` | `Information` | the least level that is logged |
        | `Logging:Console:FormatterName` | `json` in Production, else `simple` | the format of the log |

        """;

    /// <summary>The document.</summary>
    public static string Of(IEnumerable<OptionsSection> sections)
    {
        var document = new StringBuilder(Introduction.ReplaceLineEndings("\n"));
        foreach (var section in sections.GroupBy(section => section.Path))
        {
            document.Append(CultureInfo.InvariantCulture, $"\n## {section.Key}\n\n| key | default | allowed | meaning |\n|---|---|---|---|\n");
            foreach (var options in section)
                Append(document, options.Path, options.Options);
        }

        return document.ToString();
    }

    private static void Append(StringBuilder document, string path, Type options)
    {
        var defaults = Activator.CreateInstance(options);
        foreach (var property in options.GetProperties().Where(property => property.CanWrite))
        {
            var (key, type) = ($"{path}:{property.Name}", property.PropertyType);
            if (type != typeof(string) && type.IsAssignableTo(typeof(IEnumerable)))
                (key, type) = ($"{key}:0", type.GetGenericArguments()[0]);
            if (type == typeof(string) || type.IsValueType)
                document.Append(CultureInfo.InvariantCulture, $"| `{key}` | {Default(property.GetValue(defaults))} | {Allowed(property, type)} | {Comment(property)} |\n");
            else
                Append(document, key, type);
        }
    }

    private static string Default(object? value) => value switch
    {
        null or "" or IList => "none",
        bool flag => flag ? "`true`" : "`false`",
        Enum choice => $"`{choice.ToString().ToLowerInvariant()}`",
        TimeSpan time => $"`{time:c}`",
        IFormattable number => $"`{number.ToString(null, CultureInfo.InvariantCulture)}`",
        _ => $"`{value}`",
    };

    private static string Allowed(PropertyInfo property, Type type)
    {
        if (property.GetCustomAttribute<RangeAttribute>() is { } range)
            return string.Create(CultureInfo.InvariantCulture, $"{range.Minimum} to {range.Maximum}");
        return type switch
        {
            _ when type == typeof(bool) => "`true`, `false`",
            { IsEnum: true } => string.Join(", ", Enum.GetNames(type).Select(name => $"`{name.ToLowerInvariant()}`")),
            _ => "text",
        };
    }

    // The comment in Markdown, in one line.
    private static string Comment(PropertyInfo property)
    {
        var assembly = property.DeclaringType!.Assembly;
        var comments = XDocument.Load(Path.Combine(AppContext.BaseDirectory, $"{assembly.GetName().Name}.xml"));
        var name = $"P:{property.DeclaringType.FullName}.{property.Name}";
        var summary = comments.Descendants("member").Single(member => (string?)member.Attribute("name") == name).Element("summary")!;
        var text = string.Concat(summary.Nodes().Select(node => node is XElement { Name.LocalName: "c" } code ? $"`{code.Value}`" : node.ToString()));
        return Space().Replace(text, " ").Trim().TrimEnd('.');
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}
