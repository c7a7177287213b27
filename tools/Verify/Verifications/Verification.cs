using System.Text;
using System.Text.Json;
using Scoring.Verify.Archives;
using Scoring.Verify.Reports;

namespace Scoring.Verify.Verifications;

/// <summary>Runs checks. The command line and the browser do the same.</summary>
public static class Verification
{
    private const int DocumentBytesMax = 64 * 1024 * 1024;

    /// <summary>Runs checks and reports what they have found.</summary>
    public static VerificationReport Run(Action<Findings> check)
    {
        var findings = new Findings();
        try
        {
            check(findings);
            return new VerificationReport(findings, null);
        }
        catch (UnreadableException exception)
        {
            return new VerificationReport(findings, exception.Sentence);
        }
        catch (Exception exception) when (IsMalformedInput(exception))
        {
            return new VerificationReport(findings, "An input is malformed, so there is no verdict.");
        }
    }

    /// <summary>
    /// Checks a file of any kind: an archive or a ledger (zip), a record (JSON), or a checkpoint (text). The file says itself what it is.
    /// </summary>
    /// <exception cref="UnreadableException">An input cannot be read, so there is no verdict.</exception>
    public static void RunAny(Stream file, CheckerInputs inputs, Findings findings)
    {
        var first = file.ReadByte();
        file.Position = 0;
        if (first == 'P')
        {
            using var archive = ArchiveReader.Open(file);
            if (LedgerVerification.Reads(archive.Format)) LedgerVerification.Run(archive, inputs, findings);
            else HistoryVerification.Run(archive, inputs, findings);
            return;
        }
        var bytes = ReadDocument(file);
        if (inputs.Keys.Count == 0) throw new UnreadableException("A checkpoint or a record needs the platform's key.");
        if (first is '{' or '[') RecordVerification.Run(bytes, inputs, findings);
        else CheckpointVerification.Run(Encoding.UTF8.GetString(bytes), inputs, findings);
    }

    /// <summary>Reads a file that is no archive.</summary>
    /// <exception cref="UnreadableException">It is larger than 64 MiB.</exception>
    public static byte[] ReadDocument(Stream file)
    {
        if (file.Length > DocumentBytesMax)
            throw new UnreadableException("A file that is no archive is too large to be what it should be.");
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes;
    }

    /// <summary>Whether an exception means that an input is malformed.</summary>
    public static bool IsMalformedInput(Exception exception) =>
        exception is UnreadableException or InvalidOperationException or KeyNotFoundException
        or FormatException or ArgumentException or NullReferenceException or JsonException or OverflowException
        or InvalidDataException or EndOfStreamException;
}
