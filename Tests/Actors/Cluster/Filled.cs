using System.Collections;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using WebChat.Actors.Connections;

namespace WebChat.Tests.Actors.Cluster;

/// <summary>Messages with a value in every field, so that a lost one is noticed.</summary>
internal static class Filled
{
    /// <summary>Makes a value of a type by its longest constructor and its settable properties.</summary>
    public static object Of(Type type) => Of(type, "It");

    /// <summary>Compares all fields: records with lists are not equal by themselves.</summary>
    public static void AssertSame(object? expected, object? actual)
    {
        if (expected is OutboundFrame frame && actual is OutboundFrame other)
        {
            Assert.Equal((frame.Frame, frame.Droppable), (other.Frame, other.Droppable));
            Assert.True(frame.Binary.Span.SequenceEqual(other.Binary.Span));
        }
        else if (expected is null or string or IMessage || expected.GetType().IsPrimitive)
        {
            Assert.Equal(expected, actual);
        }
        else if (expected is IEnumerable items)
        {
            var (some, others) = (items.Cast<object>().ToList(), ((IEnumerable)actual!).Cast<object>().ToList());
            Assert.NotEmpty(some);
            Assert.Equal(some.Count, others.Count);
            foreach (var (one, another) in some.Zip(others))
                AssertSame(one, another);
        }
        else if (expected.GetType() is { IsValueType: true, Namespace: "System" } or { IsEnum: true })
        {
            Assert.Equal(expected, actual);
        }
        else
        {
            Assert.IsType(expected.GetType(), actual);
            foreach (var property in expected.GetType().GetProperties().Where(property => property.CanWrite))
                AssertSame(property.GetValue(expected), property.GetValue(actual));
        }
    }

    private static object Of(Type type, string name)
    {
        if (Nullable.GetUnderlyingType(type) is { } underlying)
            return Of(underlying, name);
        if (type == typeof(string))
            return $"{name} \"✓\" <ü>";
        if (type == typeof(bool))
            return true;
        if (type == typeof(int))
            return int.MaxValue - name.Length;
        if (type == typeof(long))
            return long.MaxValue - name.Length;
        if (type == typeof(DateTimeOffset))
            return DateTimeOffset.UnixEpoch.AddMilliseconds(1_764_000_000_123 + name.Length);
        if (type == typeof(TimeSpan))
            return TimeSpan.FromMilliseconds(1_234_567 + name.Length);
        if (type == typeof(OutboundFrame))
            return name == "Passing" ? new(new() { Typing = new() { RoomId = name } }, droppable: true) : new OutboundFrame(new() { Event = new() { RoomId = name, Seq = 3 } });
        if (type.IsEnum)
            return Enum.GetValues(type).GetValue(1)!;
        if (type.IsAssignableTo(typeof(IMessage)))
            return Protobuf((IMessage)Activator.CreateInstance(type)!);
        if (type.IsAssignableTo(typeof(IEnumerable)))
            return Collection(type, name);

        var constructor = type.GetConstructors().MaxBy(constructor => constructor.GetParameters().Length)!;
        var made = constructor.Invoke([.. constructor.GetParameters().Select(parameter => Of(parameter.ParameterType, parameter.ParameterType == typeof(OutboundFrame) ? type.Name : parameter.Name!))]);
        foreach (var property in type.GetProperties().Where(property => property.CanWrite && !constructor.GetParameters().Any(parameter => parameter.Name == property.Name)))
            property.SetValue(made, Of(property.PropertyType, property.Name));
        return made;
    }

    private static object Collection(Type type, string name)
    {
        var items = type.GetGenericArguments();
        var generic = type.GetGenericTypeDefinition();
        if (generic == typeof(IReadOnlyDictionary<,>))
        {
            var map = (IDictionary)Activator.CreateInstance(typeof(Dictionary<,>).MakeGenericType(items))!;
            map.Add(Of(items[0], name), Of(items[1], name));
            return map;
        }

        var list = typeof(List<>).MakeGenericType(items);
        var one = (IList)Activator.CreateInstance(list)!;
        one.Add(Of(items[0], name));
        return generic == typeof(IReadOnlySet<>) ? Activator.CreateInstance(typeof(HashSet<>).MakeGenericType(items), one)! : one;
    }

    private static IMessage Protobuf(IMessage message)
    {
        foreach (var field in message.Descriptor.Fields.InFieldNumberOrder().Where(field => field is { IsRepeated: false, FieldType: FieldType.String }))
            field.Accessor.SetValue(message, $"text {field.FieldNumber} ✓");
        return message;
    }
}
