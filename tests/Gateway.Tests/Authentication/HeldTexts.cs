using System.Reflection;

namespace Scoring.Authentication;

/// <summary>Collects every text that an object holds, directly or through other objects.</summary>
internal static class HeldTexts
{
    private const int ObjectsMax = 100_000;

    public static IReadOnlyCollection<string> Of(object root)
    {
        var texts = new HashSet<string>();
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        var waiting = new Stack<object>([root]);
        while (waiting.TryPop(out var next))
        {
            if (next is string text) texts.Add(text);
            else if (next is byte[] bytes) texts.Add(System.Text.Encoding.UTF8.GetString(bytes));
            else if (next is char[] chars) texts.Add(new string(chars));
            else if (seen.Add(next) && next is not (Pointer or Type or MemberInfo))
                foreach (var held in HeldBy(next)) waiting.Push(held);
            seen.Count.ShouldBeLessThan(ObjectsMax);
        }
        return texts;
    }

    private static IEnumerable<object> HeldBy(object holder)
    {
        if (holder is Array array) return array.Cast<object?>().OfType<object>();
        var held = new List<object>();
        for (var type = holder.GetType(); type is { IsPrimitive: false }; type = type.BaseType)
            held.AddRange(type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
                .Select(field => field.GetValue(holder)).OfType<object>());
        return held;
    }
}
