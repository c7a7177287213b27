using System.Buffers.Binary;

namespace Scoring.Testing;

/// <summary>Searches for many byte strings in one pass.</summary>
public sealed class ByteSearch
{
    private const int BytesMin = 8;
    private const int Buckets = 1 << 18;

    private readonly Dictionary<uint, List<(string What, byte[] Bytes)>> _byStart = [];
    private readonly bool[] _mayStart = new bool[Buckets];

    /// <summary>Takes what is searched for: each with its name, and at least eight bytes long.</summary>
    public ByteSearch(IEnumerable<(string What, byte[] Bytes)> wanted)
    {
        foreach (var (what, bytes) in wanted)
        {
            if (bytes.Length < BytesMin) throw new ArgumentException($"{what} is too short to be significant.", nameof(wanted));
            var start = BinaryPrimitives.ReadUInt32LittleEndian(bytes);
            if (!_byStart.TryGetValue(start, out var list)) _byStart.Add(start, list = []);
            list.Add((what, bytes));
            _mayStart[Bucket(start)] = true;
        }
    }

    /// <summary>Returns the names of the wanted strings that these bytes contain.</summary>
    public IReadOnlySet<string> In(ReadOnlySpan<byte> bytes)
    {
        var found = new HashSet<string>();
        for (var i = 0; i + BytesMin <= bytes.Length; i++)
        {
            var start = BinaryPrimitives.ReadUInt32LittleEndian(bytes[i..]);
            if (!_mayStart[Bucket(start)] || !_byStart.TryGetValue(start, out var list)) continue;
            foreach (var (what, wanted) in list)
                if (bytes[i..].StartsWith(wanted)) found.Add(what);
        }
        return found;
    }

    /// <summary>Returns the wanted strings that the files of a folder contain, each as <c>relative/path: name</c>.</summary>
    public IReadOnlyList<string> InFolder(string folder, Predicate<string>? isExcluded = null)
    {
        var found = new List<string>();
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            var name = Path.GetRelativePath(folder, file);
            if (isExcluded?.Invoke(name) != true) found.AddRange(In(Whole(file)).Select(what => $"{name}: {what}"));
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
