namespace Scoring.Bench.Loads;

/// <summary>The form in which plans and answers travel between a bench and its load process.</summary>
internal static class LoadFormat
{
    /// <summary>Writes a plan.</summary>
    public static void Write(BinaryWriter to, LoadPlan plan)
    {
        to.Write(plan.Address.AbsoluteUri);
        to.Write(plan.Parallel);
        to.Write(plan.SecondsMax);
        to.Write(plan.PerSecond);
        to.Write(plan.KeepsBodies);
        to.Write(plan.Heads.Count);
        foreach (var head in plan.Heads) WriteBytes(to, head);
        to.Write(plan.Requests.Count);
        foreach (var request in plan.Requests)
        {
            to.Write(request.Head);
            WriteBytes(to, request.Body.Span);
        }
    }

    /// <summary>Reads a plan.</summary>
    public static LoadPlan ReadPlan(BinaryReader from)
    {
        var address = new Uri(from.ReadString());
        var parallel = from.ReadInt32();
        var secondsMax = from.ReadInt32();
        var perSecond = from.ReadDouble();
        var keepsBodies = from.ReadBoolean();
        var heads = new byte[from.ReadInt32()][];
        for (var i = 0; i < heads.Length; i++) heads[i] = ReadBytes(from);
        var requests = new LoadRequest[from.ReadInt32()];
        for (var i = 0; i < requests.Length; i++) requests[i] = new LoadRequest(from.ReadInt32(), ReadBytes(from));
        return new LoadPlan(address, parallel, heads, requests)
        {
            SecondsMax = secondsMax, PerSecond = perSecond, KeepsBodies = keepsBodies,
        };
    }

    /// <summary>Writes answers and the time from the first request to the last answer.</summary>
    public static void Write(BinaryWriter to, LoadAnswer[] answers, TimeSpan took)
    {
        to.Write(took.Ticks);
        to.Write(answers.Length);
        foreach (var answer in answers)
        {
            to.Write((short)answer.Status);
            to.Write(answer.Milliseconds);
            WriteBytes(to, answer.Body);
        }
    }

    /// <summary>Reads answers and the time.</summary>
    public static (LoadAnswer[] Answers, TimeSpan Took) ReadAnswers(BinaryReader from)
    {
        var took = new TimeSpan(from.ReadInt64());
        var answers = new LoadAnswer[from.ReadInt32()];
        for (var i = 0; i < answers.Length; i++)
        {
            var status = from.ReadInt16();
            answers[i] = new LoadAnswer(status, from.ReadDouble(), ReadBytes(from));
        }
        return (answers, took);
    }

    private static void WriteBytes(BinaryWriter to, ReadOnlySpan<byte> bytes)
    {
        to.Write(bytes.Length);
        to.Write(bytes);
    }

    private static byte[] ReadBytes(BinaryReader from)
    {
        var length = from.ReadInt32();
        var bytes = from.ReadBytes(length);
        return bytes.Length == length ? bytes : throw new EndOfStreamException();
    }
}
