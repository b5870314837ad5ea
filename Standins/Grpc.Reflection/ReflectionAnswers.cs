using Google.Protobuf.Reflection;
using Grpc.Core;
using Grpc.Reflection.V1;

namespace Grpc.Reflection;

/// <summary>Answers reflection's questions.</summary>
internal sealed class ReflectionAnswers(IEnumerable<string> services, SymbolRegistry registry)
{
    private readonly List<string> _services = [.. services.Order(StringComparer.Ordinal)];

    public ServerReflectionResponse Answer(ServerReflectionRequest request)
    {
        var response = request.MessageRequestCase switch
        {
            ServerReflectionRequest.MessageRequestOneofCase.FileByFilename => Files(registry.FileByName(request.FileByFilename), "file", request.FileByFilename),
            ServerReflectionRequest.MessageRequestOneofCase.FileContainingSymbol => Files(registry.FileContainingSymbol(request.FileContainingSymbol), "symbol", request.FileContainingSymbol),
            ServerReflectionRequest.MessageRequestOneofCase.ListServices => Services(),
            _ => Error(StatusCode.Unimplemented, "This question is not supported."),
        };
        response.ValidHost = request.Host;
        response.OriginalRequest = request;
        return response;
    }

    private static ServerReflectionResponse Files(FileDescriptor? file, string kind, string name)
    {
        if (file is null)
        {
            return Error(StatusCode.NotFound, $"There is no {kind} '{name}'.");
        }

        var files = new List<FileDescriptor>();
        AddWithImports(file, files);
        return new() { FileDescriptorResponse = new() { FileDescriptorProto = { files.Select(f => f.SerializedData) } } };
    }

    // The file itself comes first, as clients expect.
    private static void AddWithImports(FileDescriptor file, List<FileDescriptor> files)
    {
        if (files.Contains(file))
        {
            return;
        }

        files.Add(file);
        foreach (var dependency in file.Dependencies)
        {
            AddWithImports(dependency, files);
        }
    }

    private static ServerReflectionResponse Error(StatusCode code, string message) =>
        new() { ErrorResponse = new() { ErrorCode = (int)code, ErrorMessage = message } };

    private ServerReflectionResponse Services() =>
        new() { ListServicesResponse = new() { Service = { _services.Select(name => new ServiceResponse { Name = name }) } } };
}
