using System.Security.Cryptography;
using System.Xml.Linq;
using Google.Api;
using Google.Protobuf.WellKnownTypes;
using Grpc.AspNetCore.Server;
using Microsoft.AspNetCore.Authorization;
using Microsoft.OpenApi;
using Scalar.AspNetCore;
using Swashbuckle.AspNetCore.SwaggerGen;
using WebChat.V1;

namespace WebChat.Edge.Http;

/// <summary>The OpenAPI document of the JSON API, generated from the contract's annotations and comments, and the page that shows it.</summary>
public static class ApiDocument
{
    private const string Version = "v1";
    private const string Bearer = "bearer";

    public static IServiceCollection AddApiDocument(this IServiceCollection services) => services
        .AddGrpcSwagger()
        .AddSwaggerGen(options =>
        {
            options.SwaggerDoc(Version, new() { Title = "WebChat", Version = Version });
            // The name of a nested type is unique only together with its message.
            options.CustomSchemaIds(type => type.FullName![(type.Namespace!.Length + 1)..].Replace("+Types", "", StringComparison.Ordinal).Replace('+', '.'));
            // As in JSON, where these are strings. An export is a JSON document of any shape.
            options.MapType<long>(() => new OpenApiSchema { Type = JsonSchemaType.String, Format = "int64" });
            options.MapType<Timestamp>(() => new OpenApiSchema { Type = JsonSchemaType.String, Format = "date-time" });
            options.MapType<HttpBody>(() => new OpenApiSchema());
            var comments = Path.Combine(AppContext.BaseDirectory, $"{typeof(Room).Assembly.GetName().Name}.xml");
            options.IncludeXmlComments(comments);
            options.OperationFilter<MethodComments>(XDocument.Load(comments));
            options.OperationFilter<MethodSecurity>();
            options.AddSecurityDefinition(Bearer, new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = Bearer, BearerFormat = "JWT" });
        });

    /// <summary>Maps the document to <c>/openapi/v1.json</c> and the page to <c>/docs</c>.</summary>
    public static IEndpointRouteBuilder MapApiDocument(this IEndpointRouteBuilder app)
    {
        app.MapSwagger("/openapi/{documentName}.json");
        app.MapScalarApiReference("/docs", (options, context) =>
        {
            var nonce = RandomNumberGenerator.GetHexString(32);
            context.Response.Headers.ContentSecurityPolicy = $"{Pages.ContentSecurityPolicy}; script-src 'self' 'nonce-{nonce}'; style-src 'self' 'unsafe-inline'";
            // The page loads nothing from other servers and sends them nothing.
            options.WithTitle("WebChat").WithNonce(nonce).DisableDefaultFonts().DisableTelemetry().DisableAgent().DisableMcp();
        });
        return app;
    }

    /// <summary>The name of a service and of its method.</summary>
    private static (string Service, string Method) NameOf(OperationFilterContext context)
    {
        var method = context.ApiDescription.ActionDescriptor.EndpointMetadata.OfType<GrpcMethodMetadata>().Single().Method;
        return (method.ServiceName[(method.ServiceName.LastIndexOf('.') + 1)..], method.Name);
    }

    /// <summary>Describes operations by the comments of their methods. The filter of Microsoft.AspNetCore.Grpc.Swagger 0.10 does not load with Swashbuckle 11.</summary>
    private sealed class MethodComments(XDocument comments) : IOperationFilter
    {
        private readonly Dictionary<string, string> _summaries = comments.Descendants("member")
            .Where(member => member.Element("summary") is not null)
            .GroupBy(member => member.Attribute("name")!.Value.Split('(')[0])
            .ToDictionary(group => group.Key, group => string.Join(' ', group.First().Element("summary")!.Value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));

        public void Apply(OpenApiOperation operation, OperationFilterContext context)
        {
            var (service, method) = NameOf(context);
            operation.OperationId = $"{service}_{method}";
            operation.Description = _summaries.GetValueOrDefault($"M:{typeof(Room).Namespace}.{service}.{service}Base.{method}");
        }
    }

    /// <summary>Marks the operations that need an access token.</summary>
    private sealed class MethodSecurity : IOperationFilter
    {
        public void Apply(OpenApiOperation operation, OperationFilterContext context)
        {
            if (context.ApiDescription.ActionDescriptor.EndpointMetadata.OfType<IAuthorizeData>().Any())
                operation.Security = [new() { [new(Bearer, context.Document)] = [] }];
        }
    }
}
