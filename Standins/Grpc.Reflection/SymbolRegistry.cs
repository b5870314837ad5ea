using Google.Protobuf.Reflection;

namespace Grpc.Reflection;

/// <summary>Finds .proto files by name and by what they declare.</summary>
public class SymbolRegistry
{
    private readonly Dictionary<string, FileDescriptor> _filesByName = [];
    private readonly Dictionary<string, FileDescriptor> _filesBySymbol = [];

    private SymbolRegistry()
    {
    }

    /// <summary>A registry of these files and of all that they import.</summary>
    public static SymbolRegistry FromFiles(IEnumerable<FileDescriptor> fileDescriptors)
    {
        ArgumentNullException.ThrowIfNull(fileDescriptors);
        var registry = new SymbolRegistry();
        foreach (var file in fileDescriptors)
        {
            registry.Add(file);
        }

        return registry;
    }

    /// <summary>The file of this name, or null.</summary>
    public FileDescriptor? FileByName(string filename) => _filesByName.GetValueOrDefault(filename);

    /// <summary>The file that declares this full name, or null.</summary>
    public FileDescriptor? FileContainingSymbol(string symbol) => _filesBySymbol.GetValueOrDefault(symbol);

    private void Add(FileDescriptor file)
    {
        if (!_filesByName.TryAdd(file.Name, file))
        {
            return;
        }

        foreach (var dependency in file.Dependencies)
        {
            Add(dependency);
        }

        foreach (var message in file.MessageTypes)
        {
            Add(message);
        }

        foreach (var enumType in file.EnumTypes)
        {
            Add(enumType);
        }

        foreach (var extension in file.Extensions.UnorderedExtensions)
        {
            Add((IDescriptor)extension);
        }

        foreach (var service in file.Services)
        {
            Add((IDescriptor)service);
            foreach (var method in service.Methods)
            {
                Add((IDescriptor)method);
            }
        }
    }

    private void Add(MessageDescriptor message)
    {
        Add((IDescriptor)message);
        foreach (var field in message.Fields.InDeclarationOrder())
        {
            Add((IDescriptor)field);
        }

        foreach (var oneof in message.Oneofs)
        {
            Add((IDescriptor)oneof);
        }

        foreach (var enumType in message.EnumTypes)
        {
            Add(enumType);
        }

        foreach (var nested in message.NestedTypes)
        {
            Add(nested);
        }

        foreach (var extension in message.Extensions.UnorderedExtensions)
        {
            Add((IDescriptor)extension);
        }
    }

    private void Add(EnumDescriptor enumType)
    {
        Add((IDescriptor)enumType);
        foreach (var value in enumType.Values)
        {
            Add((IDescriptor)value);
        }
    }

    private void Add(IDescriptor symbol) => _filesBySymbol.TryAdd(symbol.FullName, symbol.File);
}
