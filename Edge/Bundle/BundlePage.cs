using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

/// <summary>
/// Bundles the page: its modules become one script, and script and style get names that change with their content, so that
/// browsers may keep them for ever. Compiled and run by the build, see <c>Bundle.targets</c>.
/// </summary>
public sealed class BundlePage : Task
{
    private const string Script = "js/main.js";
    private const string Style = "css/app.css";
    private const string Shell = "const Shell = { version: 'source', files: ['./'] };";

    private static readonly Regex Import = new Regex(@"^import \{ (?<names>[^}]+) \} from '(?<path>[^']+)';$", RegexOptions.Multiline);
    private static readonly Regex Export = new Regex(@"^export (?<kind>(?:async )?function\*?|class|const) (?<name>\w+)", RegexOptions.Multiline);
    private static readonly Regex Unknown = new Regex(@"^(?:import|export)\b.*$|\bimport\(", RegexOptions.Multiline);
    private static readonly Regex Comment = new Regex(@"^[ \t]*(?:/\*\*(?:(?!\*/).)*\*/|//[^\n]*)[ \t]*\n", RegexOptions.Multiline | RegexOptions.Singleline);
    private static readonly Regex Indentation = new Regex(@"^[ \t]+", RegexOptions.Multiline);

    private readonly Dictionary<string, int> _numbers = new Dictionary<string, int>();
    private readonly StringBuilder _bundle = new StringBuilder("'use strict';\n");

    /// <summary>The page's folder.</summary>
    [Required]
    public string Source { get; set; }

    /// <summary>The folder for the bundled page.</summary>
    [Required]
    public string Target { get; set; }

    /// <summary>Further files of the page that do not change while the server is away: paths from its root.</summary>
    public string[] Files { get; set; }

    public override bool Execute()
    {
        if (Directory.Exists(Target))
            Directory.Delete(Target, recursive: true);
        Add(Path.GetFullPath(Path.Combine(Source, Script)));
        var script = Write("app", ".js", _bundle.ToString());
        var style = Write("app", ".css", Indentation.Replace(Read(Style), ""));
        var index = Replace(Replace(Read("index.html"), Script, script), Style, style);
        Write("index.html", index);
        var files = new[] { "./", script, style }.Concat(Files ?? Array.Empty<string>()).Select(file => $"'{file}'");
        Write("service-worker.js", Replace(Read("service-worker.js"), Shell,
            $"const Shell = {{ version: '{Hash(index)}', files: [{string.Join(", ", files)}] }};"));
        return !Log.HasLoggedErrors;
    }

    /// <summary>Adds a module after the modules that it imports.</summary>
    private int Add(string path)
    {
        if (_numbers.TryGetValue(path, out var known))
            return known;
        var exported = new List<string>();
        var body = Import.Replace(Read(path), import =>
        {
            var imported = Add(Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path), import.Groups["path"].Value)));
            return $"const {{ {import.Groups["names"].Value.Replace(" as ", ": ")} }} = module{imported};";
        });
        body = Export.Replace(body, export =>
        {
            exported.Add(export.Groups["name"].Value);
            return $"{export.Groups["kind"].Value} {export.Groups["name"].Value}";
        });
        body = Indentation.Replace(Comment.Replace(body, ""), "");
        foreach (Match unknown in Unknown.Matches(body))
            Log.LogError($"{path}: the bundle does not know this kind of import or export: {unknown.Value}");
        var number = _numbers[path] = _numbers.Count;
        _bundle.Append($"const module{number} = (() => {{\n{body}return {{ {string.Join(", ", exported)} }};\n}})();\n");
        return number;
    }

    private string Read(string path) => File.ReadAllText(Path.Combine(Source, path)).Replace("\r\n", "\n");

    private string Write(string name, string extension, string content)
    {
        var path = $"static/{name}.{Hash(content)}{extension}";
        Write(path, content);
        return path;
    }

    private void Write(string path, string content)
    {
        var file = Path.Combine(Target, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file));
        File.WriteAllText(file, content);
    }

    private string Replace(string text, string old, string next)
    {
        if (!text.Contains(old))
            Log.LogError($"The page has no “{old}” any more, which the bundle replaces.");
        return text.Replace(old, next);
    }

    private static string Hash(string content)
    {
        using (var sha = SHA256.Create())
            return string.Concat(sha.ComputeHash(Encoding.UTF8.GetBytes(content)).Take(6).Select(one => one.ToString("x2")));
    }
}
