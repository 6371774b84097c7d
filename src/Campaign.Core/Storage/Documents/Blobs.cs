using System.Globalization;
using System.IO.Compression;
using LiteDB;

namespace Campaign.Storage.Documents;

/// <summary>
/// Large content apart from the documents, compressed and in pieces: a document of LiteDB has an upper size, and a sweep may have 10⁵ trials.
/// </summary>
internal static class Blobs
{
    private const int Piece = 1 << 20;

    public static void Write(ILiteCollection<BsonDocument> blobs, string key, ReadOnlySpan<byte> content)
    {
        using var packed = new MemoryStream();
        using (var brotli = new BrotliStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            brotli.Write(content);
        }

        var bytes = packed.GetBuffer().AsSpan(0, (int)packed.Length);
        for (var piece = 0; piece == 0 || piece * Piece < bytes.Length; piece++)
        {
            var data = bytes[(piece * Piece)..Math.Min(bytes.Length, (piece + 1) * Piece)].ToArray();
            blobs.Insert(new BsonDocument { ["_id"] = $"{key}#{piece.ToString("D6", CultureInfo.InvariantCulture)}", ["data"] = data });
        }
    }

    /// <exception cref="InvalidDataException">There is no blob of that name, or it does not decompress.</exception>
    public static byte[] Read(ILiteCollection<BsonDocument> blobs, string key)
    {
        using var packed = new MemoryStream();
        foreach (var piece in Pieces(blobs, $"{key}#"))
        {
            packed.Write(piece["data"].AsBinary);
        }

        if (packed.Length == 0)
        {
            throw new InvalidDataException($"'{key}' is missing.");
        }

        packed.Position = 0;
        using var brotli = new BrotliStream(packed, CompressionMode.Decompress);
        using var content = new MemoryStream();
        brotli.CopyTo(content);
        return content.ToArray();
    }

    /// <summary>Every piece of every blob whose name begins so, as it is stored.</summary>
    public static IEnumerable<BsonDocument> Pieces(ILiteCollection<BsonDocument> blobs, string keyPrefix) => blobs.Find(Query.StartsWith("_id", keyPrefix));
}
