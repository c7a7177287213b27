using System.Security.Cryptography;
using Scoring.Programmes;

namespace Scoring.Rules;

/// <summary>Hashes a catalogue with SHA-256. Every document follows its length, so different catalogues give different input.</summary>
internal static class CatalogueHash
{
    /// <summary>The catalogue with its hash, 64 lower-case hexadecimal digits.</summary>
    public static Catalogue Hashed(Catalogue catalogue)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var published in catalogue.Programmes)
        {
            foreach (var version in published.Versions)
            {
                Append(ProgrammeDocument.Write(version.Terms));
                Append(RuleSetDocument.Write(version.RuleSet));
                Append(AssessmentDocument.Write(version.Assessment));
            }
            Append(Flags(published.Suspended, published.Ended));
            Append(BitConverter.GetBytes(published.Today.DayNumber));
        }
        foreach (var type in catalogue.EventTypes) AppendWith(EventTypeDocument.Write(type), type.Stopped);
        foreach (var source in catalogue.Sources) AppendWith(RegistrationDocument.Write(source), source.Stopped);
        foreach (var service in catalogue.Services) AppendWith(RegistrationDocument.Write(service), service.Stopped);
        return catalogue with { Hash = Convert.ToHexStringLower(hash.GetHashAndReset()) };

        void AppendWith(byte[] document, bool stopped)
        {
            Append(document);
            Append(Flags(stopped));
        }

        void Append(byte[] document)
        {
            hash.AppendData(BitConverter.GetBytes(document.Length));
            hash.AppendData(document);
        }
    }

    private static byte[] Flags(params bool[] flags) => [.. flags.Select(flag => flag ? (byte)1 : (byte)0)];
}
