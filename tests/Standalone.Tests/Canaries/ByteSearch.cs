using System.Buffers.Binary;

namespace Scoring.Canaries;

/// <summary>Looks for many byte strings in one pass.</summary>
internal sealed class ByteSearch
{
    private const int BytesMin = 8;
    private const int Buckets = 1 << 18;

    private readonly Dictionary<uint, List<(string What, byte[] Bytes)>> _byStart = [];
    private readonly bool[] _maybe = new bool[Buckets];

    public ByteSearch(IEnumerable<(string What, byte[] Bytes)> wanted)
    {
        foreach (var (what, bytes) in wanted)
        {
            if (bytes.Length < BytesMin) throw new ArgumentException($"{what} is too short to mean anything.", nameof(wanted));
            var start = BinaryPrimitives.ReadUInt32LittleEndian(bytes);
            if (!_byStart.TryGetValue(start, out var list)) _byStart.Add(start, list = []);
            list.Add((what, bytes));
            _maybe[Bucket(start)] = true;
        }
    }

    /// <summary>What of the wanted stands in these bytes.</summary>
    public IReadOnlySet<string> In(ReadOnlySpan<byte> bytes)
    {
        var found = new HashSet<string>();
        for (var i = 0; i + BytesMin <= bytes.Length; i++)
        {
            var start = BinaryPrimitives.ReadUInt32LittleEndian(bytes[i..]);
            if (!_maybe[Bucket(start)] || !_byStart.TryGetValue(start, out var list)) continue;
            foreach (var (what, wanted) in list)
                if (bytes[i..].StartsWith(wanted)) found.Add(what);
        }
        return found;
    }

    /// <summary>What stands where in the files of a folder, as <c>relative/path: what</c>.</summary>
    public IReadOnlyList<string> InFolder(string folder, Predicate<string>? passedOver = null)
    {
        var found = new List<string>();
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            var name = Path.GetRelativePath(folder, file);
            if (passedOver?.Invoke(name) != true) found.AddRange(In(Whole(file)).Select(what => $"{name}: {what}"));
        }
        return found;
    }

    private static int Bucket(uint start) => (int)((start * 2654435761u) >> 14);

    private static byte[] Whole(string file)
    {
        try
        {
            using var open = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var all = new MemoryStream();
            open.CopyTo(all);
            return all.ToArray();
        }
        catch (FileNotFoundException)
        {
            return []; // the running database removed it
        }
        catch (IOException) when (file.EndsWith("owner.lock", StringComparison.Ordinal))
        {
            return []; // empty, and held by the running platform
        }
    }
}
